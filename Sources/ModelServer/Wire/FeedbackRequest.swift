public import PreferenceData

/// What somebody says about an answer: `/v1/feedback`.
///
///     {"response_id": "chatcmpl-…", "rating": 1, "comment": "Just what I needed."}
///
/// A later one with the same response, name and identifier takes the place of an earlier one.
public struct FeedbackRequest: Sendable, Hashable {
  /// How good the answer is.
  public enum Verdict: Sendable, Hashable {
    /// From −1, the worst, to 1, the best.
    case rating(Double)
    /// A word for it.
    case label(String)
  }

  /// The id of the answer.
  public let response: String
  /// What was asked, such as `helpfulness`.
  public let name: String?
  /// Tells pieces of feedback of the same name apart.
  public let identifier: String?
  /// How good the answer is.
  public let verdict: Verdict?
  /// The id of the answer that is preferred to this one, or of this one.
  public let preferred: String?
  /// What somebody writes about the answer.
  public let comment: String?
  /// What the answer should have been.
  public let correction: String?
  /// Words by which feedback is found again.
  public let tags: [String]
  /// Whether it may be used for training, if they say so.
  public let consent: Bool?
  /// Who says it, as the sender calls them.
  public let user: String?
  /// Which fields have no meaning here.
  public let ignoredFields: IgnoredFields

  /// Reads a piece of feedback.
  ///
  /// - Parameters:
  ///   - object: The body.
  ///   - limits: What it may hold at most.
  /// - Throws: ``RequestProblem`` with status 400 that names the field.
  public init(
    _ object: JSONObject, limits: RequestLimits = RequestLimits()
  ) throws(RequestProblem) {
    var fields = RequestFields(object)
    let (name, comment) = (limits.nameCharacters, limits.commentCharacters)
    response = try fields.required("response_id").text(limit: name)
    self.name = try fields["name"]?.text(limit: name)
    identifier = try fields["identifier"]?.text(limit: name)
    verdict = try Self.verdict(&fields, limits)
    preferred = try fields["preferred_id"]?.text(limit: name)
    self.comment = try fields["comment"]?.text(limit: comment)
    correction = try fields["correction"]?.text(limit: comment)
    var tags: [String] = []
    for tag in try fields["tags"]?.list(0...limits.tags, of: "tags") ?? [] {
      tags.append(try tag.text(limit: name))
    }
    self.tags = tags
    consent = try fields["consent"]?.flag()
    user = try fields["user"]?.text(limit: name)
    ignoredFields = IgnoredFields(fields.unknown)
    guard
      verdict != nil || preferred != nil || self.comment != nil || correction != nil
    else {
      throw .invalid(
        nil,
        "The feedback says nothing. Give 'rating', 'label', 'preferred_id', 'comment' or 'correction'."
      )
    }
  }

  private static func verdict(
    _ fields: inout RequestFields, _ limits: RequestLimits
  ) throws(RequestProblem) -> Verdict? {
    let rating = try fields["rating"]?.number(-1...1)
    let label = try fields["label"]?.text(limit: limits.nameCharacters)
    switch (rating, label) {
    case (nil, nil): return nil
    case (let rating?, nil): return .rating(rating)
    case (nil, let label?): return .label(label)
    case (_?, _?): throw .invalid("label", "Give 'rating' or 'label', not both.")
    }
  }
}
