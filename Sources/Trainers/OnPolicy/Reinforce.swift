internal import LanguageModels
internal import Objectives
internal import TorchEngine

/// REINFORCE with a baseline (Williams 1992): one update a rollout.
///
///     R_i = s_i − β Σ_t KL_it,    A_i = R_i − baseline,    L = −1/B Σ_i A_i log π(y_i)
struct Reinforce: OnPolicyMethod {
  let policy: CausalLanguageModel
  let baseline: ReinforceBaseline
  let rewards: TokenRewards
  let temperature: Double
  let masksTruncated: Bool
  let microbatches: Microbatches

  var model: any TrainableModel { policy }
  var initialState: ReinforceBaseline { baseline }

  func lessons(
    of buffer: ExperienceBuffer, klCoefficient: Double, state: inout ReinforceBaseline,
    metrics: inout StepMeasurements
  ) -> [Double] {
    state.advantages(of: buffer.penalizedRewards(rewards, klCoefficient: klCoefficient))
  }

  func descend(
    on batch: [Int], of buffer: ExperienceBuffer, _ advantages: [Double], klCoefficient: Double,
    metrics: inout StepMeasurements
  ) throws {
    let learned = buffer.learned(of: batch, masksTruncated: masksTruncated)
    for part in buffer.parts(of: learned, microbatches) {
      let scored = try policy.logProbabilities(of: buffer.packed(part), temperature: temperature)
      let tokens = buffer.policyTokens(of: part, policy: scored.logProbabilities)
      try metrics.add(scored, tokens, estimator: rewards.estimator)
      let advantages = zip(part, tokens.sequences).flatMap { index, sequence in
        sequence.map { _ in advantages[index] }
      }
      let outcome = PolicyGradientLoss().evaluate(
        logProbabilities: tokens.policy, advantages: advantages)
      metrics.add(loss: outcome.values.reduce(0, +) / Double(batch.count))
      try policy.backward(
        seed: outcome.gradient.map { $0 / Double(batch.count) }, through: scored)
    }
  }
}

extension ExperienceBuffer {
  /// R_i = s_i − β Σ_t KL_it of each completion; `nil` where there is no reward.
  func penalizedRewards(_ rewards: TokenRewards, klCoefficient: Double) -> [Double?] {
    experiences.map { experience in
      experience.reward.map { _ in
        experience.tokenRewards(rewards, klCoefficient: klCoefficient).total
      }
    }
  }

  /// The completions of a batch that are learned from.
  func learned(of batch: [Int], masksTruncated: Bool) -> [Int] {
    masksTruncated ? batch.filter { experiences[$0].isFinished } : batch
  }
}
