/// The settings of learning from unpaired judgments: KTO and its kin.
///
///     var configuration = KTOConfiguration()
///     configuration.model = "checkpoints/nano"
///     configuration.data.files = ["judged.jsonl"]
///     configuration.lossType = .bco
///     configuration.optimizer.learningRate = 5e-7
///     try configuration.validate()
public struct KTOConfiguration: OfflineConfiguration {
  /// The method that these are the settings of.
  public static let method = TrainingMethod.kto

  /// The directory of the model to train.
  public var model: String?
  /// The directory of the frozen reference; `nil` for the model as it is before training.
  public var referenceModel: String?
  /// How strongly the policy is held to the reference, in reward per nat.
  public var beta = 0.1
  /// What is minimised.
  public var lossType = KTOLossChoice.kto
  /// How much a desirable completion counts.
  public var desirableWeight = 1.0
  /// How much an undesirable completion counts.
  public var undesirableWeight = 1.0
  /// How the two classes make up the shift of `bco`.
  public var bcoShift = BCOShiftChoice.classMeans
  /// Where reference log probabilities are kept; `nil` for the user's cache directory.
  public var referenceCache: String?
  /// What it trains and is evaluated on.
  public var data = DataConfiguration()
  /// How weights are updated.
  public var optimizer = OptimizerConfiguration(learningRate: 1e-6)
  /// How many completions a step sees, and how many steps there are.
  public var batches = BatchConfiguration()
  /// Where the run is recorded, and what makes it repeatable.
  public var run = RunConfiguration()

  /// Every setting at its default.
  public init() {}

  /// All settings of `attune kto`.
  public static let settings: [Setting<Self>] =
    [
      Setting(
        "model", \.model, isRequired: true, placeholder: "directory",
        "Model to train: a Hugging Face checkpoint."),
      Setting(
        "reference_model", \.referenceModel, placeholder: "directory",
        "Frozen reference. Without it: the model as it is before training."),
    ]
    + DataConfiguration.settings.map { $0.within(\.data) }
    + lossSettings
    + [
      Setting(
        "reference_cache", \.referenceCache, placeholder: "directory",
        "Where reference log probabilities are kept. Without it: ~/.cache/attune/reference.")
    ]
    + OptimizerConfiguration.settings.map { $0.within(\.optimizer) }
    + BatchConfiguration.settings.map { $0.within(\.batches) }
    + RunConfiguration.settings.map { $0.within(\.run) }

  /// The settings that say what is minimised.
  private static let lossSettings: [Setting<Self>] = [
    Setting(
      "beta", \.beta, allowed: .above(0),
      "How strongly the policy is held to the reference, in reward per nat."),
    Setting("loss_type", \.lossType, "Loss for completions that are judged one by one."),
    Setting(
      "desirable_weight", \.desirableWeight, allowed: .atLeast(0),
      "How much a desirable completion counts."),
    Setting(
      "undesirable_weight", \.undesirableWeight, allowed: .atLeast(0),
      "How much an undesirable completion counts."),
    Setting(
      "bco_shift", \.bcoShift,
      "Which mean of the rewards so far bco decides around: of both classes' means, or of all."),
  ]
}
