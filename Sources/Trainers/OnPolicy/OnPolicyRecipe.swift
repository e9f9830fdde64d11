internal import LanguageModels
internal import Objectives
internal import Tokenization
internal import TrainingConfiguration

/// Settings that a method is made of.
protocol OnPolicyRecipe: OnPolicyConfiguration {
  associatedtype Method: OnPolicyMethod

  /// The method's name: its command.
  static var name: String { get }

  /// What reads the values; a method without a value function costs as little as a shared one.
  var valueBackbone: ValueBackboneChoice { get }
  /// The directory that a value function of its own starts from.
  var valueModel: String? { get }

  /// The method, ready for its first step.
  ///
  /// - Parameters:
  ///   - policy: The model that is trained.
  ///   - tokenizer: Its tokenizer.
  ///   - checkpoint: The checkpoint that the run goes on from; `nil` to start.
  /// - Returns: The method.
  /// - Throws: What is wrong with further models that it has.
  func method(
    policy: CausalLanguageModel, tokenizer: Tokenizer, checkpoint: String?
  ) throws -> Method
}

extension OnPolicyRecipe {
  var valueBackbone: ValueBackboneChoice { .shared }
  var valueModel: String? { nil }

  fileprivate func microbatches(_ policy: CausalLanguageModel) -> Microbatches {
    Microbatches(size: batches.microBatchSize, for: policy.configuration)
  }

  fileprivate var tokenRewards: TokenRewards {
    TokenRewards(estimator: divergence.estimator.estimator)
  }
}

extension ReinforceConfiguration: OnPolicyRecipe {
  static let name = "reinforce"

  func method(
    policy: CausalLanguageModel, tokenizer: Tokenizer, checkpoint: String?
  ) -> Reinforce {
    Reinforce(
      policy: policy, baseline: ReinforceBaseline(baselineKind), rewards: tokenRewards,
      temperature: rollout.temperature, masksTruncated: rollout.masksTruncated,
      microbatches: microbatches(policy))
  }
}

extension RLOOConfiguration: OnPolicyRecipe {
  static let name = "rloo"

  func method(
    policy: CausalLanguageModel, tokenizer: Tokenizer, checkpoint: String?
  ) -> ReinforceLeaveOneOut {
    ReinforceLeaveOneOut(
      policy: policy, loss: loss, advantages: advantages, rewards: tokenRewards,
      temperature: rollout.temperature, masksTruncated: rollout.masksTruncated,
      microbatches: microbatches(policy))
  }
}

extension GRPOConfiguration: OnPolicyRecipe {
  static let name = "grpo"

  func method(
    policy: CausalLanguageModel, tokenizer: Tokenizer, checkpoint: String?
  ) -> GroupRelativePolicyOptimization {
    GroupRelativePolicyOptimization(
      policy: policy, loss: { loss(beta: $0) }, advantages: advantages, aggregation: aggregation,
      batches: stepsPerGeneration, temperature: rollout.temperature,
      masksTruncated: rollout.masksTruncated, microbatches: microbatches(policy))
  }
}

extension PPOConfiguration: OnPolicyRecipe {
  static let name = "ppo"

  func method(
    policy: CausalLanguageModel, tokenizer: Tokenizer, checkpoint: String?
  ) throws -> ProximalPolicyOptimization {
    let critic = try critic(for: policy, tokenizer)
    return ProximalPolicyOptimization(
      actor: ActorCritic(
        policy: policy, critic: try checkpoint.map { try critic.reread(from: $0) } ?? critic),
      policyLoss: ClippedPolicyLoss(clipRange: ClipRange(clipRange)),
      valueLoss: ClippedValueLoss(clipRange: valueClipRange), valueCoefficient: valueCoefficient,
      entropyBonus: EntropyBonus(coefficient: entropyCoefficient), estimation: advantages,
      rewards: tokenRewards, whitensRewards: whitensRewards, temperature: rollout.temperature,
      masksTruncated: rollout.masksTruncated, targetDivergence: targetKL,
      microbatches: microbatches(policy))
  }

  private func critic(
    for policy: CausalLanguageModel, _ tokenizer: Tokenizer
  ) throws -> ValueModel {
    switch (valueBackbone, valueModel) {
    case (.shared, _): return try ValueModel(on: policy.configuration)
    case (.own, nil): return try ValueModel(languageModel: model ?? "")
    case (.own, let directory?):
      let theirs = try Tokenizer(directory: directory)
      guard theirs.vocabularyIdentity == tokenizer.vocabularyIdentity else {
        throw TrainingError.valueVocabulary(directory: directory)
      }
      return try ValueModel(RewardModel(directory: directory), directory: directory)
    }
  }
}
