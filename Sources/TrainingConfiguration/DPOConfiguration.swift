public import Objectives

/// The settings of direct preference optimization.
///
///     var configuration = DPOConfiguration()
///     configuration.model = "checkpoints/nano"
///     configuration.data.files = ["pairs.jsonl"]
///     configuration.optimizer.learningRate = 1e-5
///     try configuration.validate()
public struct DPOConfiguration: TrainingSettings {
  /// The directory of the model to train.
  public var model: String?
  /// The directory of the frozen reference; `nil` for the model as it is before training.
  public var referenceModel: String?
  /// How strongly the policy is held to the reference, in reward per nat.
  public var beta = 0.1
  /// Which member of the family.
  public var lossType = DPOLossChoice.sigmoid
  /// The probability that a judgment is the wrong way round.
  public var labelSmoothing = 0.0
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
    + [
      Setting(
        "beta", \.beta, allowed: .above(0),
        "How strongly the policy is held to the reference, in reward per nat."),
      Setting("loss_type", \.lossType, "Which member of the DPO family."),
      Setting(
        "label_smoothing", \.labelSmoothing, allowed: .from(0, below: 0.5),
        "Probability that a judgment is the wrong way round (cDPO); for loss_type sigmoid."),
      Setting(
        "reference_cache", \.referenceCache, placeholder: "directory",
        "Where reference log probabilities are kept. Without it: ~/.cache/attune/reference."),
    ]
    + OptimizerConfiguration.settings.map { $0.within(\.optimizer) }
    + BatchConfiguration.settings.map { $0.within(\.batches) }
    + RunConfiguration.settings.map { $0.within(\.run) }

  /// The loss that these settings describe.
  ///
  /// Settings that it does not use are at their defaults in a configuration that is valid.
  public var loss: DPOLoss {
    switch lossType {
    case .sigmoid: DPOLoss(beta: beta, variant: .sigmoid(labelSmoothing: labelSmoothing))
    case .ipo: DPOLoss(beta: beta, variant: .ipo)
    case .hinge: DPOLoss(beta: beta, variant: .hinge)
    }
  }

  /// Settings that would have no effect.
  public var conflicts: [SettingProblem] {
    var problems = data.conflicts + run.conflicts(with: data)
    if lossType != .sigmoid && labelSmoothing != 0 {
      problems.append(
        SettingProblem(
          setting: "label_smoothing",
          message:
            "label_smoothing is \(labelSmoothing), but loss_type \(lossType.rawValue) has no "
            + "label smoothing; leave it out, or use loss_type sigmoid"))
    }
    return problems
  }
}

/// The members of the DPO family, under TRL's names; `DPOVariant` in `Objectives` has their formulas.
public enum DPOLossChoice: String, SettingChoice {
  /// The original loss, or cDPO with label smoothing.
  case sigmoid
  /// Identity preference optimization.
  case ipo
  /// The hinge of SLiC and RSO.
  case hinge
}
