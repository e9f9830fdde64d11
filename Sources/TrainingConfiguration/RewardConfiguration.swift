/// The settings of training a reward model.
///
///     var configuration = RewardConfiguration()
///     configuration.model = "checkpoints/nano"
///     configuration.data.files = ["pairs.jsonl"]
///     configuration.ensembleSize = 5
///     try configuration.validate()
public struct RewardConfiguration: OfflineConfiguration {
  /// The method that these are the settings of.
  public static let method = TrainingMethod.reward

  /// The directory of the model that the reward model is made from.
  public var model: String?
  /// Files of pairs of feature vectors, for a reward model without a language model.
  public var features: [String] = []
  /// How the backbone takes part.
  public var backbone = BackboneChoice.trained
  /// What reads the backbone's last hidden state, or the feature vectors; `nil` for `linear` and `mlp`.
  public var headType: HeadChoice?
  /// Units of the hidden layer of an `mlp` head.
  public var headHiddenSize = 256
  /// The part of those units that each training pass leaves out.
  public var headDropout = 0.1
  /// Members of the ensemble; 1 for a single model.
  public var ensembleSize = 1
  /// What the members of the ensemble share.
  public var ensembleType = EnsembleChoice.heads
  /// By how much every chosen score shall exceed the rejected one, added to the rows' own margins.
  public var margin = 0.0
  /// What the share of annotators who agreed means.
  public var agreement = AgreementChoice.weight
  /// The loss of rankings of more than two completions.
  public var rankingLoss = RankingLossChoice.plackettLuce
  /// How strongly the sum of a pair's scores is held to 0; `nil` for not at all.
  public var centerRewardsCoefficient: Double?
  /// What the sum of the squares of all trained matrices is multiplied by in the loss.
  public var l2Coefficient = 0.0
  /// How strongly the scores of a completion and of a perturbed copy are held together.
  public var smoothnessCoefficient = 0.0
  /// The part of a completion's tokens that its perturbed copy lacks.
  public var smoothnessDrop = 0.1
  /// What it trains and is evaluated on.
  public var data = DataConfiguration()
  /// How weights are updated.
  public var optimizer = OptimizerConfiguration(learningRate: 1e-4)
  /// How many pairs a step sees, and how many steps there are.
  public var batches = BatchConfiguration()
  /// Where the run is recorded, and what makes it repeatable.
  public var run = RunConfiguration()

  /// Every setting at its default.
  public init() {}

  /// The files of ``features`` and of ``data``.
  public var dataFiles: [String] { features + data.allFiles }

  /// A model of feature vectors needs neither a language model nor texts.
  public var dispensableSettings: Set<String> { features.isEmpty ? [] : ["model", "data"] }

  /// All settings of `attune reward`.
  public static let settings: [Setting<Self>] =
    [
      Setting(
        "model", \.model, isRequired: true, placeholder: "directory",
        "Model to start from: a causal language model, which gets a fresh head, or a one-label "
          + "sequence classifier, whose training goes on."),
      Setting(
        "features", \.features, placeholder: "file",
        "Instead of model and data: rows with chosen_features and rejected_features, lists of "
          + "numbers, for a reward model that stands alone."),
    ]
    + DataConfiguration.settings.map { $0.within(\.data) }
    + networkSettings + lossSettings
    + OptimizerConfiguration.settings.map { $0.within(\.optimizer) }
    + BatchConfiguration.settings.map { $0.within(\.batches) }
    + RunConfiguration.settings.map { $0.within(\.run) }

  /// The settings that say what is trained.
  private static let networkSettings: [Setting<Self>] = [
    Setting(
      "backbone", \.backbone,
      "Whether the backbone is trained, stays frozen, or is shared with the policy in model, of "
        + "which then only the head is saved."),
    Setting(
      "head_type", \.headType,
      "What reads the last hidden state: one linear map, or linear, ReLU, dropout, linear. Without "
        + "it: linear; mlp on features."),
    Setting(
      "head_hidden_size", \.headHiddenSize, allowed: .atLeast(1),
      "Units of the hidden layer of an mlp head."),
    Setting(
      "head_dropout", \.headDropout, allowed: .from(0, below: 1),
      "Part of the units of an mlp head that each training pass leaves out."),
    Setting(
      "ensemble_size", \.ensembleSize, allowed: .atLeast(1),
      "Members of the ensemble; 1 for a single model."),
    Setting(
      "ensemble_type", \.ensembleType,
      "Members are heads on one backbone, each with its own rows (Poisson weights), or whole models "
        + "that differ by seed and order."),
  ]

  /// The settings that say what is minimised.
  private static let lossSettings: [Setting<Self>] = [
    Setting(
      "margin", \.margin, allowed: .atLeast(0),
      "By how much every chosen score shall exceed the rejected one, added to the rows' own margin."
    ),
    .agreement(\.agreement),
    Setting(
      "ranking_loss", \.rankingLoss, "Loss of rankings: Plackett-Luce, or the mean of all pairs."),
    Setting(
      "center_rewards_coefficient", \.centerRewardsCoefficient, allowed: .atLeast(0),
      "How strongly the sum of a pair's scores is held to 0; 0.01 is usual. Without it: not at all."
    ),
    Setting(
      "l2_coefficient", \.l2Coefficient, allowed: .atLeast(0),
      "What the sum of squares of all trained matrices is multiplied by in the loss."),
    Setting(
      "smoothness_coefficient", \.smoothnessCoefficient, allowed: .atLeast(0),
      "Weight of the squared difference between the scores of a completion and of a perturbed copy."
    ),
    Setting(
      "smoothness_drop", \.smoothnessDrop, allowed: .between(0, 1),
      "Part of a completion's tokens that its perturbed copy lacks, where a row has no paraphrase."),
  ]
}
