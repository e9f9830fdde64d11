import Objectives
import Testing
import TrainingConfiguration

@Suite("Configurations of on-policy methods")
struct OnPolicyConfigurationTests {
  /// The message that one change gives a configuration that says how good a completion is.
  private func message<Configuration: OnPolicyConfiguration>(
    _ change: (inout Configuration) -> Void
  ) -> String? {
    var configuration = Configuration()
    change(&configuration)
    do {
      try configuration.validate()
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Completions of a step, optimizer batches they are cut into, passes over them.
  private func fields(_ configuration: some OnPolicyConfiguration) -> [Int] {
    let updates = configuration.updates
    return [updates.completions, updates.batches, updates.passes]
  }

  private func grpo(_ change: (inout GRPOConfiguration) -> Void) -> String? {
    message { (configuration: inout GRPOConfiguration) in
      configuration.reward.usesGold = true
      change(&configuration)
    }
  }

  private func ppo(_ change: (inout PPOConfiguration) -> Void) -> String? {
    message { (configuration: inout PPOConfiguration) in
      configuration.reward.usesGold = true
      change(&configuration)
    }
  }

  private func rloo(_ change: (inout RLOOConfiguration) -> Void) -> String? {
    message { (configuration: inout RLOOConfiguration) in
      configuration.reward.usesGold = true
      change(&configuration)
    }
  }

  private func reinforce(_ change: (inout ReinforceConfiguration) -> Void) -> String? {
    message { (configuration: inout ReinforceConfiguration) in
      configuration.reward.usesGold = true
      change(&configuration)
    }
  }

  @Test("defaults are valid but for a reward, and the table is complete")
  func defaults() {
    func check<Configuration: OnPolicyConfiguration>(
      _: Configuration.Type, _ isWhole: (Configuration) -> Bool
    ) {
      #expect(
        message { (_: inout Configuration) in }?.hasPrefix("nothing says how good a completion is")
          == true)
      let settings = Configuration.settings
      #expect(Set(settings.map(\.name)).count == settings.count)
      #expect(settings.allSatisfy { $0.meaning.hasSuffix(".") && !$0.meaning.contains("\n") })
      #expect(isWhole(Configuration()))
    }
    // TRL 1.16.0's GRPOConfig and RLOOConfig, and its PPOConfig of 1.12.0.
    check(GRPOConfiguration.self) {
      $0.divergence.beta == 0 && $0.epsilon == 0.2 && $0.rollout.generations == 8
        && $0.optimizer.learningRate == 1e-6 && $0.lossType == .dapo && $0.iterations == 1
        && $0.scaleRewards == .group && $0.importanceSamplingLevel == .token
    }
    check(RLOOConfiguration.self) {
      $0.divergence.beta == 0.05 && $0.rollout.generations == 2 && !$0.normalizesAdvantages
        && $0.optimizer.learningRate == 1e-6
    }
    check(PPOConfiguration.self) {
      $0.divergence.beta == 0.05 && $0.divergence.estimator == .k1 && $0.epochsPerRollout == 4
        && $0.clipRange == 0.2 && $0.valueClipRange == 0.2 && $0.valueCoefficient == 0.1
        && $0.discount == 1 && $0.trace == 0.95 && !$0.whitensRewards && $0.minibatches == 1
        && $0.optimizer.learningRate == 3e-6
    }
    check(ReinforceConfiguration.self) {
      $0.baseline == .batch && fields($0) == [8, 1, 1]
    }
  }

  @Test("a step is cut into groups and into batches without rest")
  func divisions() {
    #expect(
      grpo { $0.batches.batchSize = 12 }
        == "num_generations is 8, but a step samples 12 completions, which must be a multiple of "
        + "it; change batch_size or num_generations")
    #expect(
      grpo {
        $0.batches.batchSize = 12
        $0.stepsPerGeneration = 2
      } == nil)
    #expect(
      ppo { $0.minibatches = 3 }
        == "batch_size is 8, but the 8 completions of a step must be a multiple of its 3 optimizer "
        + "batches")
    var configuration = GRPOConfiguration()
    configuration.batches.batchSize = 4
    configuration.batches.accumulationSteps = 2
    configuration.stepsPerGeneration = 3
    configuration.iterations = 2
    #expect(fields(configuration) == [24, 3, 2])
    #expect(configuration.updates.count == 6)
    #expect(configuration.promptsPerStep == 3)
  }

  @Test("a group of one has nothing to be compared with")
  func groups() {
    let sentence =
      "num_generations is 1, but a completion is compared with the others of its prompt; give at "
      + "least 2, or use `attune reinforce` or `attune ppo`"
    #expect(grpo { $0.rollout.generations = 1 } == sentence)
    #expect(rloo { $0.rollout.generations = 1 } == sentence)
    #expect(ppo { $0.rollout.generations = 1 } == nil)
    #expect(
      reinforce { $0.batches.batchSize = 1 }
        == "baseline is batch, but a batch of one completion has nothing to be compared with; give "
        + "a larger batch_size, or baseline running")
    #expect(
      reinforce {
        $0.batches.batchSize = 1
        $0.baseline = .running
      } == nil)
    #expect(
      reinforce { $0.baselineDecay = 0.5 }
        == "baseline_decay is 0.5, but baseline batch does not use it; leave it out, or use "
        + "baseline running")
  }

  @Test("k1 has no gradient in a loss, and may be in a reward")
  func estimators() {
    let refused = grpo { $0.divergence.estimator = .k1 }
    #expect(
      refused?.hasPrefix("kl_estimator is k1, and grpo has the KL in its loss: ") == true
        && refused?.contains("gradient") == true)
    #expect(grpo { $0.divergence.estimator = .k2 } == nil)
    for estimator in KLEstimatorChoice.allCases {
      #expect(ppo { $0.divergence.estimator = estimator } == nil)
      #expect(rloo { $0.divergence.estimator = estimator } == nil)
      #expect(reinforce { $0.divergence.estimator = estimator } == nil)
    }
  }

  @Test("ranges of clipping fit into one another, and cispo has its own")
  func clipping() {
    #expect(
      grpo {
        $0.epsilonHigh = 0.5
        $0.delta = 1.5
      } == "delta is 1.5, but must be above 1 + epsilon_high, 1.5")
    #expect(grpo { $0.delta = 1.3 } == nil)
    let idle =
      " is given, but loss_type cispo clips no ratio and bounds weights by epsilon_high; leave it out"
    #expect(
      grpo {
        $0.lossType = .cispo
        $0.epsilon = 0.1
        $0.delta = 2
      } == "epsilon\(idle)\ndelta\(idle)")
    #expect(
      grpo {
        $0.lossType = .cispo
        $0.epsilonHigh = 4
      } == nil)
    #expect(grpo { $0.epsilon = 1.5 }?.hasPrefix("epsilon is 1.5, but must be ") == true)
    #expect(ppo { $0.clipRange = -0.1 }?.hasPrefix("cliprange is -0.1, but must be ") == true)
  }

  @Test("a controller has what it aims at, and nothing that it does not use")
  func controllers() {
    for control in [KLControlChoice.proportional, .lagrangian] {
      #expect(
        rloo { $0.divergence.control = control }
          == "kl_control is \(control.rawValue), which aims at a KL; give kl_target, in nats a "
          + "completion")
      #expect(
        rloo {
          $0.divergence.control = control
          $0.divergence.target = 6
        } == nil)
    }
    #expect(rloo { $0.divergence.control = .scheduled } == nil)
    let proportional = rloo {
      $0.divergence.control = .proportional
      $0.divergence.target = 6
      $0.divergence.beta = 0
    }
    #expect(
      proportional?.hasPrefix("the proportional KL controller has the initial coefficient 0.0")
        == true)
    let lagrangian = rloo {
      $0.divergence.control = .lagrangian
      $0.divergence.target = 6
      $0.divergence.maximumBeta = 0.01
    }
    #expect(lagrangian?.hasPrefix("the Lagrangian KL controller has the budget 6.0") == true)
    let idle: [(String, String, (inout DivergenceConfiguration) -> Void)] = [
      ("kl_target", "proportional or lagrangian", { $0.target = 6 }),
      ("kl_horizon", "proportional", { $0.horizon = 7 }),
      ("kl_rate", "lagrangian", { $0.rate = 7 }), ("final_beta", "scheduled", { $0.finalBeta = 7 }),
      ("min_beta", "lagrangian", { $0.minimumBeta = 1e-3 }),
      ("max_beta", "lagrangian", { $0.maximumBeta = 7 }),
    ]
    for (name, remedy, change) in idle {
      #expect(
        rloo { change(&$0.divergence) }
          == "\(name) is given, but kl_control fixed does not use it; leave it out, or use \(remedy)"
      )
    }
  }

  @Test("a law is that of its settings")
  func laws() {
    var divergence = DivergenceConfiguration(beta: 0.2, estimator: .k1)
    #expect(divergence.law(steps: 9) == .fixed(coefficient: 0.2))
    #expect(divergence.needsReference)
    divergence.beta = 0
    #expect(!divergence.needsReference)
    divergence.control = .scheduled
    divergence.finalBeta = 0.5
    #expect(divergence.needsReference)
    // Nine steps have eight changes between them.
    #expect(divergence.law(steps: 9) == .scheduled(from: 0, to: 0.5, steps: 8))
    #expect(divergence.law(steps: 1) == .scheduled(from: 0, to: 0.5, steps: 1))
    divergence.beta = 0.2
    divergence.target = 6
    divergence.control = .proportional
    #expect(divergence.law(steps: 9) == .proportional(initial: 0.2, target: 6, horizon: 10_000))
    divergence.control = .lagrangian
    #expect(
      divergence.law(steps: 9)
        == .lagrangian(initial: 0.2, budget: 6, rate: 0.03, minimum: 1e-4, maximum: 10))
  }

  @Test("a reference that nobody asks is refused")
  func reference() {
    #expect(
      grpo { $0.divergence.referenceModel = "r" }
        == "reference_model is 'r', but with beta 0 nothing asks it; give beta, or leave "
        + "reference_model out")
    #expect(
      grpo {
        $0.divergence.referenceModel = "r"
        $0.prompts.evaluationFraction = 0.1
      } == nil)
    #expect(
      grpo {
        $0.divergence.referenceModel = "r"
        $0.divergence.beta = 0.1
      } == nil)
  }

  @Test("values: a model for a backbone of its own, and a KL that can be exceeded")
  func values() {
    #expect(
      ppo { $0.valueModel = "v" }
        == "value_model is 'v', but value_backbone is shared, so that the policy itself reads the "
        + "values; give value_backbone own, or leave value_model out")
    #expect(
      ppo {
        $0.valueModel = "v"
        $0.valueBackbone = .own
      } == nil)
    #expect(
      ppo {
        $0.targetKL = 0.5
        $0.epochsPerRollout = 1
      } == "target_kl is 0.5, but a rollout has one update, before which nothing has moved; raise "
        + "num_ppo_epochs or num_mini_batches, or leave target_kl out")
    #expect(
      ppo {
        $0.targetKL = 0.5
        $0.epochsPerRollout = 1
        $0.minibatches = 2
      } == nil)
  }

  @Test("a watch has prompts to look at, and one judge")
  func watch() {
    #expect(
      grpo {
        $0.watch.usesGold = true
        $0.watch.program = "p"
        $0.prompts.evaluationFraction = 0.1
      } == "judge_gold and judge_program are given, but gold is the score of one judge; leave the "
        + "others out")
    for (name, change) in [
      ("judge_gold", { $0.watch.usesGold = true }), ("judge_model", { $0.watch.models = ["m"] }),
      ("judge_program", { $0.watch.program = "p" }),
      ("watch_keywords", { $0.watch.keywords = ["k"] }),
      ("eval_steps", { $0.run.evaluationSteps = 5 }),
      ("early_stopping_patience", { $0.run.earlyStoppingPatience = 5 }),
    ] as [(String, (inout GRPOConfiguration) -> Void)] {
      #expect(
        grpo(change)
          == "\(name) is given, but no prompts are held out; give eval_prompts or eval_fraction, "
          + "or leave \(name) out")
    }
    #expect(
      grpo {
        $0.prompts.evaluationFraction = 0.1
        $0.run.earlyStoppingPatience = 5
      } == "early_stopping_patience is 5, but nobody judges the held-out completions; give "
        + "judge_gold, judge_model or judge_program, or leave it out: a policy that is stopped by "
        + "its own reward is never stopped\nearly_stopping_patience is 5, but the only evaluations "
        + "are at the start and the end; give eval_steps, or leave early_stopping_patience out")
    #expect(
      grpo {
        $0.prompts.evaluationFiles = ["e"]
        $0.prompts.evaluationFraction = 0.1
      } == "eval_fraction is 0.1, but eval_prompts are given as well; leave one of them out")
  }

  @Test("the loss and the advantages are those of the settings")
  func objects() {
    var grpo = GRPOConfiguration()
    grpo.epsilonHigh = 0.3
    grpo.delta = 2
    grpo.importanceSamplingLevel = .sequence
    for (choice, kind) in zip(GRPOLossChoice.allCases, GRPOLoss.Kind.allCases) {
      #expect(choice.rawValue == kind.rawValue)
      grpo.lossType = choice
      #expect(
        grpo.loss(beta: 0.25)
          == GRPOLoss(
            kind, level: .sequence, clipRange: ClipRange(0.2, high: 0.3, ceiling: 2),
            maximumWeight: 0.3, beta: 0.25, estimator: .k3))
      #expect(grpo.aggregation == GRPOAggregation(kind, maximumCompletionLength: 512))
    }
    #expect(GRPOConfiguration().loss(beta: 0).maximumWeight == 5)
    #expect(GRPOConfiguration().advantages == GroupAdvantages(.groupMean(.group)))
    var rloo = RLOOConfiguration()
    #expect(rloo.advantages == GroupAdvantages(.leaveOneOut(.none)))
    rloo.normalizesAdvantages = true
    #expect(rloo.advantages == GroupAdvantages(.leaveOneOut(.batch)))
    #expect(rloo.loss == RLOOLoss(clipRange: ClipRange(0.2)))
    var reinforce = ReinforceConfiguration()
    #expect(reinforce.baselineKind == .batchNormalized)
    reinforce.baseline = .running
    #expect(reinforce.baselineKind == .running(decay: 0.9))
  }
}
