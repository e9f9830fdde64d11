internal import Evaluations
internal import PreferenceData
internal import Rewards
internal import RunRecords

/// Looks at a policy on fixed held-out prompts, with completions at temperature 1 and a judge who has no
/// part in training.
struct PolicyWatch {
  let prompts: TrainingPrompts
  /// Whose score is taken for the truth, if there is anybody.
  let judge: CompositeReward?
  /// The ensemble among the rewards, whose spread is watched.
  let ensemble: ScoringReward?
  let keywords: [String]
  /// The same for all evaluations, so that they differ by the policy alone.
  let seed: UInt64

  /// What an evaluation has found.
  struct Evaluation {
    let values: [MetricName: Double]
    let observation: HackingObservation
  }

  /// Evaluates the policy as it is.
  ///
  /// - Parameters:
  ///   - rollouts: Samples from it.
  ///   - reward: What it is trained on.
  ///   - scale: What running normalizations of the reward are replaced by: those of the first look, which
  ///     sets it, so that looks can be compared. A mean that moves with the policy would hide that its
  ///     reward has risen.
  ///   - step: Steps done.
  ///   - report: Told how many completions are done of all; may throw to stop.
  /// - Returns: What was found.
  /// - Throws: What `report`, the rewards and the judge throw; `EngineError`.
  func evaluate(
    _ rollouts: Rollouts, reward: CompositeReward, scale: inout [String: RunningScores]?,
    after step: Int,
    report: (_ done: Int, _ total: Int) throws -> Void
  ) async throws -> Evaluation {
    var (reward, judge) = (scale.map(reward.fixed) ?? reward, judge)
    if scale == nil { reward.running = [:] }
    let rollout = try await rollouts.sample(
      .init(
        prompts: Array(prompts.items.indices), generations: 1, temperature: 1, seed: seed),
      of: prompts, reward: &reward, report: report)
    if scale == nil { scale = reward.running }
    let completions = rollouts.completions(of: rollout.buffer, prompts)
    var values = RolloutMetrics(rollout.buffer, rollout.scores).values
    values[.objectiveDivergence] = nil
    values[.divergence] = rollout.buffer.meanDivergence
    values[.entropy] = rollout.buffer.sampledEntropy
    values[.gold] = try await judge?.evaluate(completions).totals.mean
    values[.rewardVariance] = try ensemble?.meanVariance(of: completions)
    let signals = TextSignals(
      completions.map(\.completion), prompts: completions.map(\.prompt), keywords: keywords)
    values[.distinctPairs] = signals?.distinctPairs.share
    values[.repetition] = signals?.repetition.share
    values[.selfSimilarity] = signals?.selfSimilarity.acrossPrompts
    if !keywords.isEmpty { values[.keywordDensity] = signals?.keywords.share }
    let finite = values.filter(\.value.isFinite)
    return Evaluation(
      values: values,
      observation: HackingObservation(
        step: step, proxy: finite[.reward], gold: finite[.gold], length: finite[.meanLength],
        distinct: finite[.distinctPairs], repetition: finite[.repetition],
        selfSimilarity: finite[.selfSimilarity], keywordDensity: finite[.keywordDensity],
        divergence: finite[.divergence], ensembleVariance: finite[.rewardVariance],
        entropy: finite[.entropy]))
  }
}

extension ExperienceBuffer {
  /// Mean over tokens of −log π of what was sampled: an unbiased estimate of the entropy, in nats.
  fileprivate var sampledEntropy: Double? {
    let tokens = experiences.reduce(0) { $0 + $1.behavior.count }
    guard tokens > 0 else { return nil }
    return -experiences.reduce(0) { $0 + $1.behavior.reduce(0, +) } / Double(tokens)
  }
}

extension [Double?] {
  /// The mean of those that are there; `nil` for none.
  fileprivate var mean: Double? {
    let known = compactMap(\.self)
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}
