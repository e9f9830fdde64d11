/// Who says which of several completions is better.
public enum ComparisonJudge: Sendable, Hashable {
  /// The higher score is better.
  case scorer(ComparisonScorer)
  /// A causal language model in a directory, which is shown two answers in both orders.
  case model(String)

  /// The sandbox's judge of its usual world.
  public static let gold = ComparisonJudge.scorer(.gold(worldSeed: 0))

  /// A reward model.
  ///
  /// - Parameter directory: What `attune reward` has written, or a one-label sequence classifier.
  /// - Returns: The judge.
  public static func reward(_ directory: String) -> ComparisonJudge { .scorer(.reward(directory)) }
}

/// What gives a completion a score, higher for better ones.
public enum ComparisonScorer: Sendable, Hashable {
  /// The total of the sandbox's gold score, in the world of that seed.
  case gold(worldSeed: UInt64)
  /// A reward model in a directory, of an ensemble the mean over members.
  case reward(String)
}

extension ComparisonScorer: CustomStringConvertible {
  /// `gold`, or `reward:` with the directory.
  public var description: String {
    switch self {
    case .gold: "gold"
    case .reward(let directory): "reward:\(directory)"
    }
  }
}

extension ComparisonJudge: CustomStringConvertible {
  /// `gold`, or `reward:` or `model:` with the directory.
  public var description: String {
    switch self {
    case .scorer(let scorer): scorer.description
    case .model(let directory): "model:\(directory)"
    }
  }
}
