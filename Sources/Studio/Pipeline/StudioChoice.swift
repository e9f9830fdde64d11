public import PreferenceData

/// One of two answers.
public enum AnswerSide: String, Sendable, Hashable, CaseIterable {
  /// The first.
  case a
  /// The second.
  case b
}

/// Who chose.
public enum StudioChooser: String, Sendable, Hashable {
  /// The person at the page.
  case person
  /// The sandbox's annotator, who goes by the judge and errs in close calls.
  case simulated
}

/// Two answers of which somebody has chosen the better one.
public struct StudioChoice: Sendable, Hashable {
  /// The pair.
  public let pair: DraftedPair
  /// The better one.
  public let side: AnswerSide
  /// Who says so.
  public let chooser: StudioChooser

  /// A choice.
  ///
  /// - Parameters:
  ///   - side: The better one.
  ///   - pair: The pair.
  ///   - chooser: Who says so.
  public init(_ side: AnswerSide, of pair: DraftedPair, by chooser: StudioChooser) {
    self.pair = pair
    self.side = side
    self.chooser = chooser
  }

  /// The answer that was chosen.
  public var chosen: StudioAnswer { side == .a ? pair.first : pair.second }
  /// The answer that was not.
  public var rejected: StudioAnswer { side == .a ? pair.second : pair.first }

  /// Whether the judge would have chosen so; `nil` where it likes both as much.
  public var agreesWithJudge: Bool? {
    chosen.gold == rejected.gold ? nil : chosen.gold > rejected.gold
  }

  /// The choice as a record of a preference, for training and to take away.
  public var record: JSONObject {
    [
      "prompt": .string(pair.prompt), "chosen": .string(chosen.text),
      "rejected": .string(rejected.text), "annotator": .string(chooser.rawValue),
    ]
  }
}
