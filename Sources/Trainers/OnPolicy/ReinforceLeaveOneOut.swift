internal import LanguageModels
internal import Objectives
internal import RunRecords
internal import TorchEngine

/// REINFORCE with a leave-one-out baseline: RLOO (Ahmadian et al. 2024, arXiv:2402.14740).
///
///     R_i = s_i − β Σ_t KL_it,    A_i = R_i − mean of the other R of its prompt
struct ReinforceLeaveOneOut: OnPolicyMethod {
  let policy: CausalLanguageModel
  let loss: RLOOLoss
  let advantages: GroupAdvantages
  let rewards: TokenRewards
  let temperature: Double
  let masksTruncated: Bool
  let microbatches: Microbatches

  var model: any TrainableModel { policy }

  func lessons(
    of buffer: ExperienceBuffer, klCoefficient: Double, state: inout Stateless,
    metrics: inout StepMeasurements
  ) -> [Double] {
    let rewards = buffer.penalizedRewards(rewards, klCoefficient: klCoefficient)
    let estimate = advantages.evaluate(buffer.groups.map { Array(rewards[$0]) })
    metrics.values[.zeroDeviationFraction] = estimate.zeroVarianceFraction
    return estimate.advantages.flatMap(\.self)
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
      let outcome = loss.evaluate(tokens, advantages: part.map { advantages[$0] })
      metrics.add(loss: outcome.values.reduce(0, +) / Double(batch.count))
      metrics.add(outcome.ratios)
      try policy.backward(
        seed: outcome.gradient.map { $0 / Double(batch.count) }, through: scored)
    }
    metrics.addClipping()
  }
}

extension GroupAdvantageEstimate {
  /// The fraction of groups whose rewards are all equal.
  var zeroVarianceFraction: Double {
    Double(isZeroVariance.count { $0 }) / Double(max(1, isZeroVariance.count))
  }
}

extension StepMeasurements {
  /// How many ratios are clipped, over all updates so far.
  mutating func addClipping() {
    values[.lowClipMean] = ratios.lowFraction
    values[.lowClipMinimum] = ratios.smallestLowFraction
    values[.highClipMean] = ratios.highFraction
    values[.highClipMaximum] = ratios.largestHighFraction
    values[.clipMean] = ratios.clippedFraction
  }
}
