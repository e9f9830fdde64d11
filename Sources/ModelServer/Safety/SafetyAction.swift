/// What a verdict is on.
public enum SafetyStage: String, Sendable, Hashable, Codable, CaseIterable {
  /// What the model is asked, before it answers.
  case prompt
  /// What it answers, before anybody reads it.
  case answer
}

/// What is done with a text in which something was found, from the mildest to the hardest.
public enum SafetyAction: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// It passes.
  case allow
  /// It passes, and what was found is counted and kept with the answer.
  case flag
  /// A refusal stands where it would.
  case refuse
  /// The request fails, and there is no answer.
  case block

  /// Whether nobody reads the text.
  public var stopsText: Bool {
    switch self {
    case .allow, .flag: false
    case .refuse, .block: true
    }
  }

  private var rank: Int {
    switch self {
    case .allow: 0
    case .flag: 1
    case .refuse: 2
    case .block: 3
    }
  }

  /// Whether an action is milder than another.
  ///
  /// - Parameters:
  ///   - left: An action.
  ///   - right: Another.
  /// - Returns: Whether the first one is milder.
  public static func < (left: SafetyAction, right: SafetyAction) -> Bool { left.rank < right.rank }
}
