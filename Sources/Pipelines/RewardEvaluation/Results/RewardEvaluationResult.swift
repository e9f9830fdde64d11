public import LanguageModels

/// What a reward model is worth on judged data: everything that the tables, the JSON file and the page
/// show.
public struct RewardEvaluationResult: Sendable, Hashable, Codable {
  /// What was evaluated on.
  public struct Rows: Sendable, Hashable, Codable {
    /// Rows that were scored.
    public var scored: Int
    /// Comparisons in them.
    public var comparisons: Int
    /// Rankings among them.
    public var rankings: Int
    /// Different prompts.
    public var prompts: Int
    /// Rows that were left out, by reason.
    public var dropped: [String: Int]
  }

  /// Mean and deviation of all scores, by which models can be compared with themselves.
  public struct Scores: Sendable, Hashable, Codable {
    /// The mean.
    public var mean: Double
    /// The deviation; `nil` where scores do not vary.
    public var deviation: Double?
  }

  /// A set of comparisons that is looked at on its own.
  public struct Benchmark: Sendable, Hashable, Codable {
    /// What it is called.
    public var name: String
    /// How often the model is right.
    public var accuracy: AccuracyResult
    /// What it takes to be right as often.
    public var baselines: BaselineResult
  }

  /// The number of this layout.
  public var formatVersion = 1
  /// The model directory.
  public var model: String
  /// The data files.
  public var data: [String]
  /// What all draws depend on.
  public var seed: UInt64
  /// What was evaluated on.
  public var rows: Rows
  /// All scores.
  public var scores: Scores
  /// What the model takes off for length.
  public var storedCorrection: RewardModelRecord.LengthCorrection?
  /// How often the model is right.
  public var accuracy: AccuracyResult
  /// What it takes to be right as often without reading.
  public var baselines: BaselineResult
  /// Agreement with gold scores.
  public var gold: GoldResult?
  /// Agreement with people, and of people with each other.
  public var annotators: AnnotatorResult?
  /// Calibration of margins.
  public var calibration: CalibrationResult?
  /// The margins.
  public var margins: MarginResult?
  /// The accuracy by category, turn and strength.
  public var breakdowns: [BreakdownResult]
  /// Agreement with rankings.
  public var rankings: RankingResult?
  /// Length.
  public var length: LengthResult
  /// The bias probes.
  public var probes: [ProbeResult]
  /// A correction for length.
  public var correction: CorrectionResult?
  /// The members of an ensemble.
  public var ensemble: EnsembleResult?
  /// The distance from reference data.
  public var distribution: DistributionResult?
  /// The helpful, honest and harmless comparisons, where they came beside other data.
  public var hhh: Benchmark?
  /// What could not be done, and why.
  public var notes: [String]
}
