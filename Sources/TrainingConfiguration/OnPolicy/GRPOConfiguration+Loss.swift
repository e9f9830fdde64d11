public import Objectives

extension GRPOConfiguration {
  /// The loss that these settings describe.
  ///
  /// - Parameter beta: The KL coefficient of the step.
  /// - Returns: The loss.
  public func loss(beta: Double) -> GRPOLoss {
    GRPOLoss(
      kind, level: level, clipRange: ClipRange(epsilon, high: epsilonHigh, ceiling: delta),
      maximumWeight: epsilonHigh ?? 5, beta: beta, estimator: divergence.estimator.estimator)
  }

  /// How advantages are taken.
  public var advantages: GroupAdvantages {
    let scale: GroupAdvantages.Scale =
      switch scaleRewards {
      case .group: .group
      case .batch: .batch
      case .none: .none
      }
    return GroupAdvantages(.groupMean(scale))
  }

  /// How the losses of tokens become one.
  public var aggregation: GRPOAggregation {
    GRPOAggregation(kind, maximumCompletionLength: rollout.maxCompletionLength)
  }

  private var kind: GRPOLoss.Kind {
    switch lossType {
    case .grpo: .grpo
    case .bnpo: .bnpo
    case .drGRPO: .drGRPO
    case .dapo: .dapo
    case .cispo: .cispo
    }
  }

  private var level: GRPOLoss.ImportanceLevel {
    switch importanceSamplingLevel {
    case .token: .token
    case .sequence: .sequence
    }
  }

  /// Settings that do not go together, and settings that would have no effect.
  public var conflicts: [SettingProblem] {
    sharedConflicts + groupConflicts(generations: rollout.generations) + clippingConflicts
      + estimatorConflicts
  }

  private var clippingConflicts: [SettingProblem] {
    let usual = GRPOConfiguration()
    if lossType == .cispo {
      return [("epsilon", epsilon != usual.epsilon), ("delta", delta != nil)].filter(\.1).map {
        SettingProblem(
          setting: $0.0,
          message: "\($0.0) is given, but loss_type cispo clips no ratio and bounds weights by "
            + "epsilon_high; leave it out")
      }
    }
    let high = epsilonHigh ?? epsilon
    guard let delta, delta <= 1 + high else { return [] }
    return [
      SettingProblem(
        setting: "delta",
        message: "delta is \(delta), but must be above 1 + epsilon_high, \(1 + high)")
    ]
  }

  private var estimatorConflicts: [SettingProblem] {
    guard let violation = divergence.estimator.estimator.violationAsLoss else { return [] }
    return [
      SettingProblem(
        setting: "kl_estimator",
        message:
          "kl_estimator is \(divergence.estimator.rawValue), and grpo has the KL in its loss: "
          + violation)
    ]
  }
}

extension OnPolicyConfiguration {
  /// A group of one has nothing to be compared with.
  func groupConflicts(generations: Int) -> [SettingProblem] {
    guard generations < 2 else { return [] }
    return [
      SettingProblem(
        setting: "num_generations",
        message:
          "num_generations is \(generations), but a completion is compared with the others of its "
          + "prompt; give at least 2, or use `attune reinforce` or `attune ppo`")
    ]
  }
}
