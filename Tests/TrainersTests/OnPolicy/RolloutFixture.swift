#if LibTorch
  import LanguageModels
  import Objectives
  import RunRecords
  import Testing
  import Tokenization
  import TorchEngine
  import TrainingConfiguration

  @testable import Trainers

  /// Twelve completions that the fixture's model has sampled, four each of three prompts, with rewards
  /// that are made up: the last group has but one.
  struct RolloutFixture {
    static let rewards: [Double] = [1, 0, 0, 2, 0.5, -1, 0, 3, 1, 1, 1, 1]

    var buffer: ExperienceBuffer
    let tokenizer: Tokenizer
    let temperature: Double

    /// Samples.
    ///
    /// - Parameters:
    ///   - temperature: Of sampling.
    ///   - reference: The directory of the reference; `nil` for none.
    ///   - drift: How far log π_old is moved from what the sampler said, in nats, to one side and the
    ///     other, so that ratios are not 1.
    /// - Throws: What models and files throw.
    init(temperature: Double = 1, reference: String? = nil, drift: Double = 0) async throws {
      self.temperature = temperature
      tokenizer = try Tokenizer(directory: Fixture.model)
      var rollout = RolloutConfiguration(generations: 4)
      rollout.maxCompletionLength = 10
      // A good part of the completions ends by itself.
      rollout.stopTexts = ["u"]
      let rollouts = Rollouts(
        policy: try CausalLanguageModel(directory: Fixture.model),
        reference: try reference.map { try CausalLanguageModel(directory: $0) },
        tokenizer: tokenizer, ends: [], settings: rollout)
      let prompts = try TrainingPrompts(
        [Fixture.pairs], tokenizer: tokenizer, limit: 512, strict: true)
      var reward = OnPolicyRewards.letters().reward
      buffer = try await rollouts.sample(
        .init(prompts: [0, 2, 1], generations: 4, temperature: temperature, seed: 5), of: prompts,
        reward: &reward
      ) { _, _ in }.buffer
      for index in buffer.experiences.indices {
        buffer.experiences[index].turns[0].reward = Self.rewards[index]
      }
      guard drift != 0 else { return }
      buffer.experiences = buffer.experiences.enumerated().map { number, old in
        Experience(
          prompt: old.prompt, sequence: old.sequence,
          behavior: old.behavior.enumerated().map {
            $1 + drift * (($0 * 7 + number * 3) % 5 < 2 ? 1 : -0.6)
          },
          reference: old.reference, turns: old.turns)
      }
    }

    /// All completions.
    var all: [Int] { Array(buffer.experiences.indices) }

    /// What a batch of a method leaves.
    struct Descent {
      var gradient: [Double]
      var metrics: [MetricName: Double]
    }

    /// The gradient that a method adds for batches, one after the other, without an update between.
    ///
    /// - Parameters:
    ///   - recipe: The settings of the method; temperature and lengths are those of the rollout.
    ///   - batches: Without them, all completions as one.
    ///   - beta: The KL coefficient.
    ///   - isFirst: Whether the trainer must still agree with the sampler.
    ///   - checkpoint: Where weights come from; without it, the fixture's model.
    ///   - given: What the rollout teaches; without it, what the method makes of it.
    /// - Returns: The gradient, and what was measured.
    /// - Throws: What the method throws.
    func descent<Recipe: OnPolicyRecipe & PractisedConfiguration>(
      _ recipe: Recipe, on batches: [[Int]]? = nil, beta: Double = 0, isFirst: Bool = false,
      checkpoint: String? = nil, lessons given: Recipe.Method.Lessons? = nil
    ) throws -> Descent {
      let method = try method(recipe, checkpoint: checkpoint)
      try method.model.trainedParameters.requireGradients()
      var metrics = StepMeasurements()
      if !isFirst { metrics.endBatch() }
      var state = method.initialState
      let lessons =
        try given
        ?? method.lessons(of: buffer, klCoefficient: beta, state: &state, metrics: &metrics)
      for batch in batches ?? [all] {
        metrics.beginBatch()
        try method.descend(
          on: batch, of: buffer, lessons, klCoefficient: beta, metrics: &metrics)
      }
      return Descent(
        gradient: try gradient(of: method.model.trainedParameters), metrics: metrics.all)
    }

    /// What the rollout teaches.
    func lessons<Recipe: OnPolicyRecipe & PractisedConfiguration>(
      _ recipe: Recipe, beta: Double = 0, checkpoint: String? = nil
    ) throws -> Recipe.Method.Lessons {
      let method = try method(recipe, checkpoint: checkpoint)
      var metrics = StepMeasurements()
      var state = method.initialState
      return try method.lessons(
        of: buffer, klCoefficient: beta, state: &state, metrics: &metrics)
    }

    private func method<Recipe: OnPolicyRecipe & PractisedConfiguration>(
      _ recipe: Recipe, checkpoint: String?
    ) throws -> Recipe.Method {
      var recipe = recipe
      recipe.model = Fixture.model
      recipe.rollout.maxCompletionLength = 10
      recipe.rollout.temperature = temperature
      let policy = try CausalLanguageModel(directory: checkpoint ?? Fixture.model)
      return try recipe.method(policy: policy, tokenizer: tokenizer, checkpoint: checkpoint)
    }

    /// What the policy says of all completions, each packed by itself.
    func scored(_ policy: CausalLanguageModel) throws -> (ScoredBatch, PolicyTokens) {
      let batch = PackedBatch(buffer.experiences.map { [$0.sequence] })
      let scored = try policy.logProbabilities(of: batch, temperature: temperature)
      return (scored, buffer.policyTokens(of: all, policy: scored.logProbabilities))
    }

    /// The gradient of Σ seeds · log π, one backward pass, and the log probabilities it is at.
    func gradient(
      seeds: (PolicyTokens) -> [Double]
    ) throws -> (gradient: [Double], tokens: PolicyTokens) {
      let policy = try CausalLanguageModel(directory: Fixture.model)
      try policy.parameters.requireGradients()
      let (scored, tokens) = try scored(policy)
      try policy.backward(seed: seeds(tokens), through: scored)
      return (try Self.gradient(of: policy.parameters), tokens)
    }

    private func gradient(of parameters: Parameters) throws -> [Double] {
      try Self.gradient(of: parameters)
    }

    /// All gradients, in the order of names; 0 where there is none.
    private static func gradient(of parameters: Parameters) throws -> [Double] {
      try parameters.names.sorted().flatMap { name in
        try parameters[name].gradient()?.values(as: Double.self)
          ?? Array(repeating: 0, count: parameters[name].count)
      }
    }
  }

  /// ‖a − b‖ / ‖b‖.
  func relativeDistance(_ a: [Double], _ b: [Double]) -> Double {
    a.count == b.count ? norm(zip(a, b).map { $0 - $1 }) / norm(b) : .infinity
  }
#endif
