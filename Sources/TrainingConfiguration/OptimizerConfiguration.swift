public import Objectives

/// How weights are updated: AdamW, its learning rate over time, and clipping.
public struct OptimizerConfiguration: Equatable, Sendable {
  /// The peak learning rate.
  public var learningRate: Double
  /// How the learning rate falls after the warm-up.
  public var schedule = ScheduleChoice.linear
  /// Optimizer steps over which the learning rate rises from 0.
  public var warmupSteps = 0
  /// Decoupled weight decay, a fraction of each weight per unit of learning rate.
  public var weightDecay = 0.0
  /// The decay rate of AdamW's running mean of gradients.
  public var adamBeta1 = 0.9
  /// The decay rate of AdamW's running mean of squared gradients.
  public var adamBeta2 = 0.999
  /// What AdamW adds to its denominator.
  public var adamEpsilon = 1e-8
  /// The norm to which larger gradients are scaled down; 0 leaves them as they are.
  public var maxGradNorm = 1.0

  /// The usual AdamW at a learning rate: what is a good one differs between methods.
  ///
  /// - Parameter learningRate: The peak learning rate.
  public init(learningRate: Double) { self.learningRate = learningRate }

  /// The settings of every method that trains weights.
  public static let settings: [Setting<Self>] = [
    Setting("learning_rate", \.learningRate, allowed: .above(0), "Peak learning rate of AdamW."),
    Setting(
      "lr_scheduler_type", \.schedule,
      "How the learning rate falls after the warm-up: linear and cosine reach 0 at the last step."),
    Setting(
      "warmup_steps", \.warmupSteps, allowed: .atLeast(0),
      "Optimizer steps over which the learning rate rises from 0, in every schedule."),
    Setting(
      "weight_decay", \.weightDecay, allowed: .atLeast(0), "Decoupled weight decay of AdamW."),
    Setting(
      "adam_beta1", \.adamBeta1, allowed: .from(0, below: 1),
      "Decay rate of AdamW's mean of gradients."),
    Setting(
      "adam_beta2", \.adamBeta2, allowed: .from(0, below: 1),
      "Decay rate of AdamW's mean of squared gradients."),
    Setting(
      "adam_epsilon", \.adamEpsilon, allowed: .above(0), "What AdamW adds to its denominator."),
    Setting(
      "max_grad_norm", \.maxGradNorm, allowed: .atLeast(0),
      "Gradients with a larger norm are scaled down to it; 0 for no clipping."),
  ]

  /// The learning rate over a run, as a factor of ``learningRate``.
  ///
  /// - Parameter totalSteps: The number of optimizer steps of the run.
  /// - Returns: The schedule.
  public func schedule(totalSteps: Int) -> LearningRateSchedule {
    switch schedule {
    case .linear: .linear(warmupSteps: warmupSteps, totalSteps: totalSteps)
    case .constant: .constant(warmupSteps: warmupSteps)
    case .cosine: .cosine(warmupSteps: warmupSteps, totalSteps: totalSteps)
    }
  }
}

/// How the learning rate falls, under the names of `transformers`.
///
/// `transformers` ignores `warmup_steps` with `constant` and has `constant_with_warmup` beside it;
/// here the warm-up is part of every schedule.
public enum ScheduleChoice: String, SettingChoice {
  /// Down to 0 in a straight line.
  case linear
  /// It does not fall.
  case constant
  /// Down to 0 along half a cosine.
  case cosine
}
