/// The settings of pretraining: next-token prediction on whole texts.
///
/// The defaults are those for a small model that starts from nothing: a high learning rate with a
/// warm-up and a cosine, weight decay, a shorter memory of squared gradients, one pass over the data.
public struct PretrainingConfiguration: OfflineConfiguration {
  /// The method that these are the settings of.
  public static let method = TrainingMethod.pretrain

  /// The directory of the model to train.
  public var model: String?
  /// What it trains and is evaluated on.
  public var data: DataConfiguration
  /// How weights are updated.
  public var optimizer: OptimizerConfiguration
  /// How many blocks a step sees, and how many steps there are.
  public var batches: BatchConfiguration
  /// Where the run is recorded, and what makes it repeatable.
  public var run = RunConfiguration()

  /// Every setting at its default.
  public init() {
    data = DataConfiguration()
    data.maxLength = 512
    optimizer = OptimizerConfiguration(learningRate: 1e-3)
    optimizer.schedule = .cosine
    optimizer.warmupSteps = 100
    optimizer.weightDecay = 0.1
    optimizer.adamBeta2 = 0.95
    batches = BatchConfiguration()
    batches.epochs = 1
    batches.batchSize = 32
  }

  /// All settings of `attune pretrain`.
  public static let settings: [Setting<Self>] =
    [
      Setting(
        "model", \.model, isRequired: true, placeholder: "directory",
        "Model to train, for instance one that attune model new has made.")
    ]
    + DataConfiguration.settings.map { ($0.name == "max_length" ? blockLength : $0).within(\.data) }
    + OptimizerConfiguration.settings.map { $0.within(\.optimizer) }
    + BatchConfiguration.settings.map { $0.within(\.batches) }
    + RunConfiguration.settings.map { $0.within(\.run) }

  private static let blockLength = Setting<DataConfiguration>(
    "max_length", \.maxLength, allowed: .atLeast(2),
    "Tokens of a block; longer texts are split into several, of which nothing is lost.")

  /// Settings that would have no effect, or speak against each other.
  public var conflicts: [SettingProblem] { data.conflicts + run.conflicts(with: data) }
}
