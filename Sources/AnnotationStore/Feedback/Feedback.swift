public import Foundation
internal import GRDB

/// What somebody says about a response.
///
/// Response, name and identifier together are its key: who says the same again changes nothing, and
/// who says something else under the same key changes his mind.
public struct Feedback: Sendable, Hashable {
  /// The response that is spoken of.
  public var response: String
  /// What kind of feedback it is: `rating`, `preference`, `correction`, `comment` or a kind of one's own.
  public var name: String
  /// Who or what gives it, such as a hash of a user or the name of a page.
  public var identifier: String
  /// How good the response is, −1 to 1.
  public var rating: Double?
  /// The same in a word; see ``FeedbackLabel``.
  public var label: String?
  /// Another response to the same prompt that is better than this one.
  public var preferredID: String?
  /// What there is to say.
  public var comment: String?
  /// What would have been a better answer.
  public var correction: String?
  /// Words to find it by, 16 at most.
  public var tags: [String]
  /// Whether it may be trained on.
  public var consent: Bool
  /// When it was given.
  public var createdAt: Date

  /// Feedback.
  ///
  /// - Parameters:
  ///   - response: The response that is spoken of.
  ///   - name: What kind of feedback it is.
  ///   - identifier: Who or what gives it.
  ///   - rating: How good the response is, −1 to 1.
  ///   - label: The same in a word; see ``FeedbackLabel``.
  ///   - preferredID: Another response to the same prompt that is better.
  ///   - comment: What there is to say.
  ///   - correction: What would have been a better answer.
  ///   - tags: Words to find it by.
  ///   - consent: Whether it may be trained on.
  ///   - createdAt: When it was given.
  public init(
    response: String, name: String = "rating", identifier: String, rating: Double? = nil,
    label: String? = nil, preferredID: String? = nil, comment: String? = nil,
    correction: String? = nil, tags: [String] = [], consent: Bool = false, createdAt: Date
  ) {
    self.response = response
    self.name = name
    self.identifier = identifier
    self.rating = rating
    self.label = label
    self.preferredID = preferredID
    self.comment = comment
    self.correction = correction
    self.tags = tags
    self.consent = consent
    self.createdAt = createdAt
  }

  /// The rating, by number or by label; `nil` without either.
  public var score: Double? { rating ?? label.flatMap(FeedbackLabel.init)?.rating }
}

/// A rating in a word.
public enum FeedbackLabel: String, Sendable, Hashable, CaseIterable {
  /// 1.
  case thumbsUp = "thumbs_up"
  /// −1.
  case thumbsDown = "thumbs_down"

  /// The rating that it stands for.
  public var rating: Double {
    switch self {
    case .thumbsUp: 1
    case .thumbsDown: -1
    }
  }
}

/// What became of feedback.
public enum FeedbackReceipt: String, Sendable, Hashable, Codable {
  /// There was none under its key.
  case new
  /// The same was there, and stays as it was.
  case same
  /// Another was there, which went into the history.
  case changed
}

extension Feedback {
  init(_ row: Row) throws {
    self.init(
      response: row["responseID"], name: row["name"], identifier: row["identifier"],
      rating: row["rating"], label: row["label"], preferredID: row["preferredID"],
      comment: row["comment"], correction: row["correction"], tags: try [String](json: row["tags"]),
      consent: row["consent"], createdAt: Date(stamp: row["createdAt"]))
  }

  /// Whether both say the same, whenever they were given.
  func saysTheSame(as other: Feedback) -> Bool {
    var copy = self
    copy.createdAt = other.createdAt
    return copy == other
  }
}
