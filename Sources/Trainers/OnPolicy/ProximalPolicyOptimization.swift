internal import LanguageModels
internal import Objectives
internal import RunRecords
internal import Tokenization
internal import TorchEngine

/// Proximal policy optimization (Schulman et al. 2017, arXiv:1707.06347), each token an action, as
/// Ziegler et al. (2019) and Ouyang et al. (2022) train language models with it.
///
///     r_t = [t ends the completion] s − β KL_t,    A = GAE(r, V_old), whitened,    R = A + V_old
///     L = 1/n Σ_t (clipped surrogate + c_V · clipped value loss − c_H · entropy)
struct ProximalPolicyOptimization: OnPolicyMethod {
  /// What a rollout teaches, by completion; empty for those that are not learned from.
  struct Lessons {
    var advantages: [[Double]]
    var returns: [[Double]]
    /// V_old.
    var values: [[Double]]
  }

  let actor: ActorCritic
  let policyLoss: ClippedPolicyLoss
  let valueLoss: ClippedValueLoss
  let valueCoefficient: Double
  let entropyBonus: EntropyBonus
  let estimation: GeneralizedAdvantageEstimation
  let rewards: TokenRewards
  let whitensRewards: Bool
  let temperature: Double
  let masksTruncated: Bool
  let targetDivergence: Double?
  let microbatches: Microbatches

  var model: any TrainableModel { actor }

  func lessons(
    of buffer: ExperienceBuffer, klCoefficient: Double, state: inout Stateless,
    metrics: inout StepMeasurements
  ) throws -> Lessons {
    var values = [[Double]](repeating: [], count: buffer.count)
    var lastValues = [Double](repeating: 0, count: buffer.count)
    let learned = buffer.learned(of: Array(0..<buffer.count), masksTruncated: masksTruncated)
      .filter { buffer.experiences[$0].reward != nil }
    for part in buffer.parts(of: learned, microbatches) {
      let cut = part.indices.filter { buffer.experiences[part[$0]].isCutShort }
      let batch = buffer.packed(part)
      let scored = try withoutGradients {
        try actor.scores(of: batch, temperature: temperature, lastStates: cut)
      }
      for (index, span) in zip(part, batch.spans) { values[index] = Array(scored.values[span]) }
      for (place, value) in zip(cut, scored.lastValues) { lastValues[part[place]] = value }
    }
    let outcomes = learned.map {
      buffer.experiences[$0].tokenRewards(rewards, klCoefficient: klCoefficient)
    }
    metrics.add(outcomes, of: learned.map { buffer.experiences[$0] })
    var tokenRewards = outcomes.map(\.rewards)
    if whitensRewards { tokenRewards = tokenRewards.whitened(.init(mean: .kept)) }

    var lessons = Lessons(
      advantages: Array(repeating: [], count: buffer.count),
      returns: Array(repeating: [], count: buffer.count), values: values)
    for (index, rewards) in zip(learned, tokenRewards) {
      let estimate = estimation.evaluate(
        rewards: rewards, values: values[index],
        end: buffer.experiences[index].isCutShort
          ? .truncated(bootstrap: lastValues[index]) : .terminated)
      lessons.advantages[index] = estimate.advantages
      lessons.returns[index] = estimate.returns
    }
    lessons.advantages = lessons.advantages.whitened(.init(mean: .removed))
    return lessons
  }

  func descend(
    on batch: [Int], of buffer: ExperienceBuffer, _ lessons: Lessons, klCoefficient: Double,
    metrics: inout StepMeasurements
  ) throws {
    let learned = batch.filter { !lessons.advantages[$0].isEmpty }
    let count = Double(max(1, learned.reduce(0) { $0 + lessons.advantages[$1].count }))
    for part in buffer.parts(of: learned, microbatches) {
      let scored = try actor.scores(of: buffer.packed(part), temperature: temperature)
      let tokens = buffer.policyTokens(of: part, policy: scored.scored.logProbabilities)
      try metrics.add(scored.scored, tokens, estimator: rewards.estimator)
      let policy = policyLoss.evaluate(
        tokens, advantages: part.flatMap { lessons.advantages[$0] })
      let value = valueLoss.evaluate(
        values: scored.values, behavior: part.flatMap { lessons.values[$0] },
        returns: part.flatMap { lessons.returns[$0] })
      let entropy = entropyBonus.evaluate(entropies: scored.scored.entropies.map(Double.init))
      metrics.add(policy.ratios)
      metrics.add(.policyEntropy, sum: scored.scored.entropies.reduce(0) { $0 + Double($1) })
      metrics.add(.policyLoss, sum: policy.values.reduce(0, +))
      metrics.add(.valueLoss, sum: value.values.reduce(0, +))
      metrics.add(.valueClipFraction, sum: Double(value.clippedCount))
      metrics.add(
        loss: (policy.values.reduce(0, +) + valueCoefficient * value.values.reduce(0, +)
          + entropy.values.reduce(0, +)) / count)
      try actor.backward(
        TokenSeeds(
          logProbabilities: policy.gradient.map { $0 / count },
          entropies: entropyBonus.coefficient == 0 ? nil : entropy.gradient.map { $0 / count }),
        values: value.gradient.map { valueCoefficient * $0 / count }, through: scored)
    }
    metrics.addProximalStatistics()
  }
}

extension [[Double]] {
  /// All numbers of the rollout brought to a deviation of 1 together.
  fileprivate func whitened(_ whitening: Whitening) -> [[Double]] {
    var all = whitening.evaluate(flatMap(\.self))[...]
    return map { row in
      defer { all.removeFirst(row.count) }
      return Array<Double>(all.prefix(row.count))
    }
  }
}

extension StepMeasurements {
  /// What PPO's rollouts are described by.
  fileprivate mutating func add(_ outcomes: [TokenRewards.Outcome], of rollout: [Experience]) {
    guard !outcomes.isEmpty else { return }
    let count = Double(outcomes.count)
    let totals = outcomes.reduce(0) { $0 + $1.total } / count
    let scores = outcomes.reduce(0) { $0 + $1.score } / count
    values[.objectiveScores] = scores
    values[.rlhfReward] = totals
    values[.nonScoreReward] = totals - scores
    values[.objectiveEntropy] = -rollout.reduce(0) { $0 + $1.behavior.reduce(0, +) } / count
    values[.endCount] = Double(rollout.count { $0.isFinished })
  }

  /// Statistics of ratios under PPO's names.
  fileprivate mutating func addProximalStatistics() {
    values[.approximateDivergence] = ratios.approximateKL
    values[.policyClipFraction] = ratios.clippedFraction
    values[.meanRatio] = ratios.mean
    values[.ratioVariance] = ratios.variance
  }
}
