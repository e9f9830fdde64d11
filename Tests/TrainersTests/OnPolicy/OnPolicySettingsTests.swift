#if LibTorch
  import Foundation
  import Rewards
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("Every setting of an on-policy run does something")
  struct OnPolicySettingsTests {
    /// A change of one setting, from a run that also has the settings in `given`.
    struct Change<Configuration: PractisedConfiguration>: Sendable {
      let name: String
      var given: (@Sendable (inout Configuration) -> Void)?
      let apply: @Sendable (inout Configuration) -> Void
    }

    /// What all four methods have.
    private static func shared<Configuration: PractisedConfiguration>(
      _: Configuration.Type
    ) -> [Change<Configuration>] {
      [
        Change(name: "prompts") { $0.prompts.files = [UnpairedFixture.completions] },
        Change(name: "eval_prompts") { $0.prompts.evaluationFiles = [Fixture.pairs] },
        Change(name: "eval_fraction") { $0.prompts.evaluationFraction = 0.25 },
        Change(name: "max_prompt_length") { $0.prompts.maxLength = 32 },
        Change(name: "shuffle") { $0.prompts.shuffle = true },
        Change(name: "num_generations") { $0.rollout.generations = 2 },
        Change(name: "max_completion_length") { $0.rollout.maxCompletionLength = 7 },
        Change(name: "temperature") { $0.rollout.temperature = 0.7 },
        Change(name: "stop") { $0.rollout.stopTexts = ["e"] },
        Change(
          name: "mask_truncated_completions", given: { $0.rollout.stopTexts = ["e"] }
        ) { $0.rollout.masksTruncated = true },
        Change(name: "beta", given: { $0.divergence.beta = 0 }) { $0.divergence.beta = 0.2 },
        Change(name: "kl_estimator", given: { $0.divergence.beta = 0.5 }) {
          $0.divergence.estimator = .k2
        },
        Change(name: "kl_control", given: controlled(.lagrangian)) {
          $0.divergence.control = .proportional
        },
        Change(name: "kl_target", given: controlled(.lagrangian)) { $0.divergence.target = 3 },
        Change(name: "kl_horizon", given: controlled(.proportional)) {
          $0.divergence.horizon = 20
        },
        Change(name: "kl_rate", given: controlled(.lagrangian)) { $0.divergence.rate = 0.3 },
        Change(
          name: "final_beta",
          given: {
            $0.divergence.beta = 0.5
            $0.divergence.control = .scheduled
          }
        ) { $0.divergence.finalBeta = 0.4 },
        Change(name: "min_beta", given: controlled(.lagrangian)) {
          $0.divergence.minimumBeta = 0.39
        },
        Change(
          name: "max_beta",
          given: {
            controlled(.lagrangian)(&$0)
            $0.divergence.target = 1e-3
            // Far enough from the reference for the multiplier to rise to its limit.
            $0.optimizer.learningRate = 1e-2
            $0.batches.maxSteps = 6
          }
        ) { $0.divergence.maximumBeta = 0.5 },
        Change(
          name: "watch_keywords", given: { $0.prompts.evaluationFraction = 0.25 }
        ) { $0.watch.keywords = ["the"] },
        Change(name: "learning_rate") { $0.optimizer.learningRate = 1e-3 },
        Change(name: "lr_scheduler_type") { $0.optimizer.schedule = .cosine },
        Change(name: "warmup_steps") { $0.optimizer.warmupSteps = 2 },
        Change(name: "weight_decay") { $0.optimizer.weightDecay = 1 },
        Change(name: "adam_beta1") { $0.optimizer.adamBeta1 = 0.5 },
        Change(name: "adam_beta2") { $0.optimizer.adamBeta2 = 0.9 },
        Change(name: "adam_epsilon") { $0.optimizer.adamEpsilon = 1e-3 },
        Change(name: "max_grad_norm", given: { $0.optimizer.adamEpsilon = 1e-2 }) {
          $0.optimizer.maxGradNorm = 0.01
        },
        Change(name: "epochs", given: { $0.batches.maxSteps = nil }) { $0.batches.epochs = 1 },
        Change(name: "max_steps") { $0.batches.maxSteps = 2 },
        Change(name: "batch_size") { $0.batches.batchSize = 4 },
        Change(name: "gradient_accumulation_steps") { $0.batches.accumulationSteps = 2 },
        Change(name: "seed") { $0.run.seed = 7 },
        Change(name: "eval_steps", given: { $0.prompts.evaluationFraction = 0.25 }) {
          $0.run.evaluationSteps = 1
        },
        Change(
          name: "early_stopping_patience",
          given: {
            $0.prompts.evaluationFraction = 0.25
            $0.watch.usesGold = true
            $0.run.evaluationSteps = 1
            // Without learning no evaluation is better than the first.
            $0.optimizer.learningRate = 1e-12
          }
        ) { $0.run.earlyStoppingPatience = 1 },
        Change(name: "logging_steps") { $0.run.loggingSteps = 2 },
      ]
    }

    private static func controlled<Configuration: PractisedConfiguration>(
      _ control: KLControlChoice
    ) -> @Sendable (inout Configuration) -> Void {
      {
        $0.divergence.beta = 0.4
        $0.divergence.control = control
        $0.divergence.target = 2
      }
    }

    /// Settings that other tests are about: of rewards, of episodes, of paths, and of memory and files
    /// alone.
    private static let others =
      RewardSourceConfiguration.settings.map(\.name) + [
        "model", "reference_model", "strict", "turn_limit", "reward_timing",
        "log_completions_steps", "judge_gold", "judge_model", "judge_program", "micro_batch_size",
        "out",
        "threads", "save_steps", "save_total_limit",
      ]

    /// Settings of all methods whose effect is the method's own; that of others is the same code for all.
    private static let methodical: Set = [
      "num_generations", "temperature", "mask_truncated_completions", "beta", "kl_estimator",
      "seed",
    ]

    private func expectEffects<Configuration: PractisedConfiguration>(
      _ own: [Change<Configuration>], withAllShared: Bool = false
    ) async throws {
      let shared = Self.shared(Configuration.self)
      let changes = own + shared.filter { withAllShared || Self.methodical.contains($0.name) }
      let folder = try TemporaryFolder()
      func train(
        _ name: String, _ apply: [((inout Configuration) -> Void)?]
      ) async throws -> (numbers: [MetricsEntry], weights: [Double]) {
        let run = try await PolicyRun(in: folder, name: name, rewards: .letters()) {
          (configuration: inout Configuration) in
          for change in apply { change?(&configuration) }
        }
        return (run.entries + run.evaluations, try run.weights())
      }
      let usual = try await train("usual", [])
      for change in changes {
        let before =
          change.given == nil ? usual : try await train("before \(change.name)", [change.given])
        let after = try await train("after \(change.name)", [change.given, change.apply])
        #expect(
          after.numbers != before.numbers || after.weights != before.weights, "\(change.name)")
      }
      let tested = (own + shared).map(\.name) + Self.others
      #expect(tested.sorted() == Configuration.settings.map(\.name).sorted())
    }

    @Test("REINFORCE")
    func reinforce() async throws {
      try await expectEffects([
        Change<ReinforceConfiguration>(name: "baseline") { $0.baseline = .running },
        Change(name: "baseline_decay", given: { $0.baseline = .running }) {
          $0.baselineDecay = 0.1
        },
      ])
    }

    @Test("RLOO")
    func rloo() async throws {
      try await expectEffects(
        [
          Change<RLOOConfiguration>(name: "normalize_advantages") {
            $0.normalizesAdvantages = true
          },
          Change(name: "epsilon", given: { $0.iterations = 3 }) { $0.epsilon = 0.001 },
          Change(name: "epsilon_high", given: { $0.iterations = 3 }) { $0.epsilonHigh = 0.001 },
          Change(name: "num_iterations") { $0.iterations = 2 },
          Change(name: "steps_per_generation") { $0.stepsPerGeneration = 2 },
        ], withAllShared: true)
    }

    @Test("GRPO")
    func grpo() async throws {
      try await expectEffects([
        Change<GRPOConfiguration>(
          name: "loss_type", given: { $0.rollout.stopTexts = ["e"] }
        ) { $0.lossType = .drGRPO },
        Change(name: "scale_rewards") { $0.scaleRewards = .none },
        Change(name: "importance_sampling_level", given: { $0.iterations = 3 }) {
          $0.importanceSamplingLevel = .sequence
        },
        Change(name: "epsilon", given: { $0.iterations = 3 }) { $0.epsilon = 0.001 },
        Change(name: "epsilon_high", given: { $0.iterations = 3 }) { $0.epsilonHigh = 0.001 },
        Change(
          name: "delta",
          given: {
            $0.iterations = 4
            $0.epsilon = 0.0001
            $0.optimizer.learningRate = 1e-2
          }
        ) { $0.delta = 1.0002 },
        Change(name: "num_iterations") { $0.iterations = 2 },
        Change(name: "steps_per_generation") { $0.stepsPerGeneration = 2 },
      ])
    }

    @Test("PPO")
    func ppo() async throws {
      let reward = RewardFixture.llama
      try await expectEffects([
        Change<PPOConfiguration>(name: "value_backbone") { $0.valueBackbone = .own },
        Change(name: "value_model", given: { $0.valueBackbone = .own }) { $0.valueModel = reward },
        Change(name: "num_ppo_epochs") { $0.epochsPerRollout = 2 },
        Change(name: "num_mini_batches") { $0.minibatches = 2 },
        Change(name: "cliprange") { $0.clipRange = 0.001 },
        Change(name: "cliprange_value") { $0.valueClipRange = 0.0001 },
        Change(name: "vf_coef") { $0.valueCoefficient = 1 },
        Change(name: "entropy_coef") { $0.entropyCoefficient = 0.1 },
        Change(name: "gamma") { $0.discount = 0.9 },
        Change(name: "lam") { $0.trace = 0.5 },
        Change(name: "whiten_rewards") { $0.whitensRewards = true },
        Change(name: "target_kl") { $0.targetKL = 1e-9 },
      ])
    }

    @Test("loss types are all different, with their own kinds of clipping")
    func lossTypes() async throws {
      var seen: [[Double]] = []
      for type in GRPOLossChoice.allCases {
        let folder = try TemporaryFolder()
        let run = try await PolicyRun(in: folder) { (configuration: inout GRPOConfiguration) in
          configuration.lossType = type
          configuration.iterations = 2
          // Completions of different lengths, for lengths are all that some types differ by.
          configuration.rollout.stopTexts = ["e"]
          configuration.batches.accumulationSteps = 2
          configuration.stepsPerGeneration = 2
          configuration.batches.batchSize = 4
        }
        let weights = try run.weights()
        #expect(!seen.contains(weights), "\(type)")
        seen.append(weights)
        let names = try #require(run.entries.first).values.keys
        #expect(names.contains(.boundedWeights) == (type == .cispo))
        #expect(names.contains(.highClipMean) == (type != .cispo))
      }
    }

    @Test("model and reference_model are what is read")
    func models() async throws {
      let folder = try TemporaryFolder()
      var model = try EditedModel(in: folder, name: "model")
      model["model.norm.weight", 3] += 0.25
      try model.save()
      func run(
        _ name: String, _ change: (inout GRPOConfiguration) -> Void
      ) async throws -> PolicyRun {
        try await PolicyRun(in: folder, name: name) { (configuration: inout GRPOConfiguration) in
          configuration.divergence.beta = 0.1
          change(&configuration)
        }
      }
      let usual = try await run("usual") { _ in }
      #expect(try #require(usual.entries.first).values[.objectiveDivergence].map(abs) ?? 1 < 1e-4)
      let other = try await run("other reference") {
        $0.divergence.referenceModel = model.directory
      }
      #expect(try #require(other.entries.first).values[.objectiveDivergence].map(abs) ?? 0 > 1e-3)
      #expect(try await run("other model") { $0.model = model.directory }.entries != usual.entries)
      #expect(folder.names(in: "other model").contains("model.safetensors"))
    }

    @Test("log_completions_steps 0 logs none")
    func sampleSteps() async throws {
      let folder = try TemporaryFolder()
      let run = try await PolicyRun(in: folder) { (configuration: inout RLOOConfiguration) in
        configuration.rollout.sampleSteps = 0
      }
      #expect(try folder.bytes("run/completions.jsonl").isEmpty)
      #expect(!run.events.contains { if case .completions = $0 { true } else { false } })
    }

    @Test("what changes memory alone leaves the run as it is", arguments: PractisedMethod.allCases)
    func microBatches(method: PractisedMethod) async throws {
      let folder = try TemporaryFolder()
      var weights: [[Double]] = []
      for size in [nil, 1, 3] as [Int?] {
        let run = try await PolicyRun(method, in: folder, name: "\(size ?? 0)") {
          $0.batches.microBatchSize = size
          $0.optimizer.adamEpsilon = 1e-4
        }
        weights.append(try run.weights())
      }
      let origin = try weightsOfModel(at: Fixture.model)
      for other in weights[1...] {
        #expect(relativeDistance(other, weights[0], origin: origin) < 1e-2)
      }
    }
  }
#endif
