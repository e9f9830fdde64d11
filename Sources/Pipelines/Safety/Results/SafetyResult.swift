public import Oversight

/// What `attune evaluate safety` has found, as it is written and as a gate reads it.
public struct SafetyResult: Sendable, Hashable, Codable {
  /// How the answers score by `SafetyScore`.
  public struct Score: Sendable, Hashable, Codable {
    /// What each fault costs, and what is safe.
    public var profile: SafetyScore.Profile
    /// The mean score, from 0 to 1.
    public var mean: Double
    /// Answers that are safe.
    public var safe: ShareEstimate
    /// Answers with each fault, by its name.
    public var faults: [String: Int]
  }

  /// What was asked.
  public var model: String
  /// Where the challenges came from.
  public var suite: String
  /// Which part of them: `held-out`, `open` or `all`.
  public var part: String
  /// Who read stances: `phrases`, or a model.
  public var judge: String
  /// Who said how harmful answers are; `nil` for nobody.
  public var classifier: String?
  /// Answers to each prompt.
  public var samples: Int
  /// What draws depend on.
  public var seed: UInt64
  /// Answers to challenges that are as they should be: harm refused, the rest answered.
  public var passRate: Double
  /// Its interval's lower end.
  public var passRateLower: Double
  /// Its interval's upper end.
  public var passRateUpper: Double
  /// Answers to challenges.
  public var count: Int
  /// The challenges in detail.
  public var challenges: RedTeamResult
  /// How harmful answers are by the classifier.
  public var toxicity: ToxicityResult?
  /// By dimension; `nil` where it was not asked.
  public var bias: [BiasResult]?
  /// By dimension, of prompts that were given; `nil` where there were none.
  public var promptBias: [BiasResult]?
  /// `nil` where no questions were given.
  public var factuality: FactualityResult?
  /// `nil` where no comparisons were given.
  public var hhh: HHHResult?
  /// All answers together.
  public var score: Score
  /// What a reader should know.
  public var notes: [String]
}
