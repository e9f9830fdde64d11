public import Objectives

/// How the policy is held to a frozen reference.
public struct DivergenceConfiguration: Equatable, Sendable {
  /// The directory of the frozen reference; `nil` for the model as it is before training.
  public var referenceModel: String?
  /// The KL coefficient, in reward per nat: at first, where a controller moves it.
  public var beta: Double
  /// How KL(π‖π_ref) of a token is estimated.
  public var estimator: KLEstimatorChoice
  /// By which rule the coefficient moves.
  public var control = KLControlChoice.fixed
  /// The KL that a controller aims at, in nats a completion.
  public var target: Double?
  /// The horizon of the proportional controller, in completions.
  public var horizon = 10_000.0
  /// The rate of the Lagrangian controller.
  public var rate = 0.03
  /// The coefficient at the end of the run, for the scheduled one.
  public var finalBeta = 0.0
  /// The smallest coefficient of the Lagrangian controller.
  public var minimumBeta = 1e-4
  /// The largest coefficient of the Lagrangian controller.
  public var maximumBeta = 10.0

  /// A fixed coefficient.
  ///
  /// - Parameters:
  ///   - beta: The KL coefficient.
  ///   - estimator: How the divergence of a token is estimated.
  public init(beta: Double, estimator: KLEstimatorChoice) {
    self.beta = beta
    self.estimator = estimator
  }

  /// The settings of every on-policy method.
  public static let settings: [Setting<Self>] = [
    Setting(
      "reference_model", \.referenceModel, placeholder: "directory",
      "Frozen reference. Without it: the model as it is before training."),
    Setting(
      "beta", \.beta, allowed: .atLeast(0),
      "KL coefficient, in reward per nat; with a controller, that of the first step."),
    Setting("kl_estimator", \.estimator, "How the KL of a token is estimated."),
    Setting(
      "kl_control", \.control,
      "How beta moves: not at all, in proportion to the distance from kl_target, on a straight line to "
        + "final_beta, or as the multiplier of the constraint KL at most kl_target."),
    Setting(
      "kl_target", \.target, allowed: .above(0),
      "KL that a controller aims at: nats a completion, the sum over its tokens."),
    Setting(
      "kl_horizon", \.horizon, allowed: .above(0),
      "Completions over which the proportional controller acts."),
    Setting(
      "kl_rate", \.rate, allowed: .above(0),
      "How fast the Lagrangian controller moves the logarithm of beta a step."),
    Setting(
      "final_beta", \.finalBeta, allowed: .atLeast(0),
      "Beta at the last step, where it is scheduled."),
    Setting(
      "min_beta", \.minimumBeta, allowed: .above(0), "Smallest beta of the Lagrangian controller."),
    Setting(
      "max_beta", \.maximumBeta, allowed: .above(0), "Largest beta of the Lagrangian controller."),
  ]

  /// Whether a reference is needed for learning.
  public var needsReference: Bool { beta > 0 || control != .fixed }

  /// The rule that these settings describe.
  ///
  /// - Parameter steps: Steps of the run.
  /// - Returns: The controller's law; valid where `conflicts` is empty.
  public func law(steps: Int) -> KLController.Law {
    switch control {
    case .fixed: .fixed(coefficient: beta)
    case .proportional: .proportional(initial: beta, target: target ?? .nan, horizon: horizon)
    case .scheduled: .scheduled(from: beta, to: finalBeta, steps: max(1, steps - 1))
    case .lagrangian:
      .lagrangian(
        initial: beta, budget: target ?? .nan, rate: rate, minimum: minimumBeta,
        maximum: maximumBeta)
    }
  }

  /// Settings that do not go together, and settings that would have no effect.
  var conflicts: [SettingProblem] {
    let aims = control == .proportional || control == .lagrangian
    let usual = DivergenceConfiguration(beta: beta, estimator: estimator)
    var problems: [SettingProblem] = []
    if aims, target == nil {
      problems.append(
        SettingProblem(
          setting: "kl_target",
          message:
            "kl_control is \(control.rawValue), which aims at a KL; give kl_target, in nats a "
            + "completion"))
    } else if aims, let violation = law(steps: 1).violation {
      problems.append(SettingProblem(setting: "kl_control", message: violation))
    }
    let idle: [(name: String, isSet: Bool, laws: [KLControlChoice])] = [
      ("kl_target", target != nil, [.proportional, .lagrangian]),
      ("kl_horizon", horizon != usual.horizon, [.proportional]),
      ("kl_rate", rate != usual.rate, [.lagrangian]),
      ("final_beta", finalBeta != usual.finalBeta, [.scheduled]),
      ("min_beta", minimumBeta != usual.minimumBeta, [.lagrangian]),
      ("max_beta", maximumBeta != usual.maximumBeta, [.lagrangian]),
    ]
    problems += idle.filter { $0.isSet && !$0.laws.contains(control) }.map {
      SettingProblem(
        setting: $0.name,
        message:
          "\($0.name) is given, but kl_control \(control.rawValue) does not use it; leave it "
          + "out, or use \($0.laws.map(\.rawValue).joined(separator: " or "))")
    }
    return problems
  }
}

/// How the KL of a token is estimated from one sample; `KLEstimator` in `Objectives` has the formulas.
public enum KLEstimatorChoice: String, SettingChoice {
  /// log π − log π_ref: unbiased, of either sign.
  case k1
  /// (log π − log π_ref)² / 2.
  case k2
  /// eᵈ − 1 − d with d = log π_ref − log π: unbiased, never negative.
  case k3

  /// The estimator.
  public var estimator: KLEstimator {
    switch self {
    case .k1: .k1
    case .k2: .k2
    case .k3: .k3
    }
  }
}

/// By which rule the KL coefficient moves.
public enum KLControlChoice: String, SettingChoice {
  /// It does not.
  case fixed
  /// In proportion to the distance from a target.
  case proportional
  /// On a straight line.
  case scheduled
  /// As the multiplier of a constraint.
  case lagrangian
}
