/// The settings of direct preference optimization.
///
///     var configuration = DPOConfiguration()
///     configuration.model = "checkpoints/nano"
///     configuration.data.files = ["pairs.jsonl"]
///     configuration.lossTypes = [.sigmoid, .sft]
///     configuration.optimizer.learningRate = 1e-5
///     try configuration.validate()
public struct DPOConfiguration: OfflineConfiguration {
  /// The method that these are the settings of.
  public static let method = TrainingMethod.dpo

  /// The directory of the model to train.
  public var model: String?
  /// The directory of the frozen reference; `nil` for the model as it is before training.
  public var referenceModel: String?
  /// How strongly the policy is held to the reference, in reward per nat.
  public var beta = 0.1
  /// The members of the family whose sum is minimised, at least one.
  public var lossTypes: [DPOLossChoice] = [.sigmoid]
  /// By what each of ``lossTypes`` is multiplied; empty for 1 each.
  public var lossWeights: [Double] = []
  /// The probability that a judgment is the wrong way round.
  public var labelSmoothing = 0.0
  /// What the share of annotators who agreed means.
  public var agreement = AgreementChoice.weight
  /// Which divergence holds the policy to the reference.
  public var fDivergenceType = DivergenceChoice.reverseKL
  /// The α of the α-divergence.
  public var fAlphaDivergenceCoefficient = 0.5
  /// How much tokens count that only the longer completion of a pair has; `nil` for all alike.
  public var ldAlpha: Double?
  /// Whether pairs count by how probable they are under the policy (WPO).
  public var useWeighting = false
  /// The temperature of the gate of `discopop`.
  public var discopopTau = 0.05
  /// The weight of the likelihood in `cpo`.
  public var cpoAlpha = 1.0
  /// The margin of `simpo`, in units of reward.
  public var simpoGamma = 0.5
  /// Where reference log probabilities are kept; `nil` for the user's cache directory.
  public var referenceCache: String?
  /// What it trains and is evaluated on.
  public var data = DataConfiguration()
  /// How weights are updated.
  public var optimizer = OptimizerConfiguration(learningRate: 1e-6)
  /// How many pairs a step sees, and how many steps there are.
  public var batches = BatchConfiguration()
  /// Where the run is recorded, and what makes it repeatable.
  public var run = RunConfiguration()

  /// Every setting at its default.
  public init() {}

  /// All settings of `attune dpo`.
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
    Setting("loss_type", \.lossTypes, "Members of the DPO family; several are added."),
    Setting(
      "loss_weights", \.lossWeights, allowed: .atLeast(0),
      "Weight of each loss, in the order of loss_type. Without it: 1 each."),
    Setting(
      "label_smoothing", \.labelSmoothing, allowed: .from(0, below: 0.5),
      "Probability that a judgment is the wrong way round; for "
        + "\(names(\.usesLabelSmoothing))."),
    .agreement(\.agreement),
    Setting(
      "f_divergence_type", \.fDivergenceType,
      "What holds the policy to the reference; for \(names(\.usesDivergence))."),
    Setting(
      "f_alpha_divergence_coef", \.fAlphaDivergenceCoefficient,
      "The alpha of alpha_divergence; 0 is forward_kl and 1 reverse_kl."),
    Setting(
      "ld_alpha", \.ldAlpha, allowed: .within(0, 1),
      "Weight of tokens beyond the shorter completion's length (LD-DPO). Without it: 1."),
    Setting(
      "use_weighting", \.useWeighting,
      "Whether pairs count by how probable they are under the policy (WPO)."),
    Setting(
      "discopop_tau", \.discopopTau, allowed: .above(0), "Temperature of the gate of discopop."),
    Setting(
      "cpo_alpha", \.cpoAlpha, allowed: .atLeast(0), "Weight of the chosen likelihood in cpo."),
    Setting(
      "simpo_gamma", \.simpoGamma, allowed: .atLeast(0),
      "Margin of simpo, in units of reward: the gamma of its paper."),
  ]

  /// The losses of which something holds, for a sentence.
  private static func names(_ holds: (DPOLossChoice) -> Bool) -> String {
    DPOLossChoice.allCases.filter(holds).map(\.rawValue).joined(separator: ", ")
  }
}
