internal import LanguageModels
internal import Objectives
internal import RunRecords
internal import TorchEngine

/// Group relative policy optimization (Shao et al. 2024, arXiv:2402.03300) and what came of it.
///
///     A_i = (s_i − mean of its group) / (deviation + 10⁻⁴),    L = Σ_i w_i Σ_t L_it / D
struct GroupRelativePolicyOptimization: OnPolicyMethod {
  /// What a rollout teaches.
  struct Lessons {
    /// One a completion.
    let advantages: [Double]
    /// Completions of groups that say nothing, since their rewards are all equal.
    let isFlat: [Bool]
    /// What an optimizer batch is a part of.
    let rollout: GRPOAggregation.Rollout
  }

  let policy: CausalLanguageModel
  /// The loss at a KL coefficient.
  let loss: @Sendable (_ beta: Double) -> GRPOLoss
  let advantages: GroupAdvantages
  let aggregation: GRPOAggregation
  /// Optimizer batches of a whole rollout.
  let batches: Int
  let temperature: Double
  let masksTruncated: Bool
  let microbatches: Microbatches

  var model: any TrainableModel { policy }

  func lessons(
    of buffer: ExperienceBuffer, klCoefficient: Double, state: inout Stateless,
    metrics: inout StepMeasurements
  ) -> Lessons {
    let estimate = advantages.evaluate(buffer.groupedRewards)
    metrics.values[.zeroDeviationFraction] = estimate.zeroVarianceFraction
    let tokens = buffer.experiences.indices.reduce(0) { $0 + countedTokens($1, of: buffer) }
    return Lessons(
      advantages: estimate.advantages.flatMap(\.self),
      isFlat: zip(estimate.isZeroVariance, buffer.groups).flatMap { isFlat, group in
        group.map { _ in isFlat }
      },
      rollout: .init(tokenCount: tokens, batches: buffer.batchCount(batches)))
  }

  func descend(
    on batch: [Int], of buffer: ExperienceBuffer, _ lessons: Lessons, klCoefficient: Double,
    metrics: inout StepMeasurements
  ) throws {
    let loss = loss(klCoefficient)
    let denominator = aggregation.denominator(
      tokenCounts: batch.map { countedTokens($0, of: buffer) }, rollout: lessons.rollout)
    let whole = buffer.learned(of: batch, masksTruncated: masksTruncated)
    // Without a divergence in the loss, an advantage of 0 has no gradient. The denominator stays.
    let telling = whole.filter { loss.needsReference || !lessons.isFlat[$0] }
    // One completion is kept: a gradient of zeros still moves weights by the optimizer's moments.
    let learned = telling.isEmpty ? Array(whole.prefix(1)) : telling
    for part in buffer.parts(of: learned, microbatches) {
      let scored = try policy.logProbabilities(of: buffer.packed(part), temperature: temperature)
      let tokens = buffer.policyTokens(of: part, policy: scored.logProbabilities)
      try metrics.add(scored, tokens, estimator: loss.estimator)
      let outcome = loss.evaluate(tokens, advantages: part.map { lessons.advantages[$0] })
      metrics.add(loss: outcome.values.reduce(0, +) / denominator)
      metrics.add(outcome.ratios)
      try policy.backward(seed: outcome.gradient.map { $0 / denominator }, through: scored)
    }
    if aggregation.kind == .cispo {
      metrics.values[.boundedWeights] = metrics.ratios.highFraction
    } else {
      metrics.addClipping()
    }
  }

  /// Tokens that a completion counts in denominators.
  private func countedTokens(_ index: Int, of buffer: ExperienceBuffer) -> Int {
    let experience = buffer.experiences[index]
    return masksTruncated && !experience.isFinished ? 0 : experience.behavior.count
  }
}
