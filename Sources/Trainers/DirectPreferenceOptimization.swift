internal import LanguageModels
internal import Objectives
internal import PreferenceData
internal import RunRecords
internal import Tokenization
internal import TorchEngine
internal import TrainingConfiguration

/// Direct preference optimization (Rafailov et al. 2023, section 4): one loop over preference
/// pairs, with the reference's log probabilities known before it starts.
struct DirectPreferenceOptimization {
  let policy: CausalLanguageModel
  let objective: DPOLoss
  let configuration: DPOConfiguration
  let training: TrainingPairs
  let heldOut: TrainingPairs
  /// log π_ref of both sides of each training pair that is visited, and of each held-out pair.
  let reference: ReferenceLogProbabilities
  let order: VisitOrder
  let microbatches: Microbatches

  /// Trains the policy.
  ///
  /// - Parameter observe: Told of each step; may stop the run after it.
  /// - Returns: The number of steps taken.
  /// - Throws: ``TrainingError`` if loss or gradient are not finite.
  func train(observe: (TrainingEvent) throws -> TrainingDisposition) throws -> Int {
    try policy.parameters.requireGradients()
    let optimizer = try AdamW(policy.parameters, configuration.optimizer)
    let schedule = configuration.optimizer.schedule(totalSteps: order.steps.count)
    var sinceLogged = PairMetrics()
    var tokens = 0
    var items = 0

    for (index, pairs) in order.steps.enumerated() {
      let step = index + 1
      var metrics = PairMetrics()
      for part in microbatches.split(pairs, of: training.pairs) {
        // ∇L = Σ_pairs ∂ℓ/∂log π · ∇log π, divided by the pairs of the whole step.
        try descend(part, of: pairs.count, step: step, into: &metrics)
      }
      let norm = try optimizer.gradientNorm()
      guard norm.isFinite else {
        throw TrainingError.divergedGradient(step: step, rows: pairs.map { training.sources[$0] })
      }
      let learningRate = configuration.optimizer.learningRate * schedule.factor(at: index)
      try optimizer.update(
        learningRate: learningRate,
        gradientScale: clippingFactor(norm: norm, limit: configuration.optimizer.maxGradNorm))

      items += pairs.count
      tokens += pairs.reduce(0) { $0 + training.pairs[$1].tokenCount }
      sinceLogged.add(metrics)
      var disposition = try observe(
        .stepped(
          step: step, total: order.steps.count, loss: metrics.meanLoss, items: items,
          tokens: tokens))
      var isLast: Bool { step == order.steps.count || disposition == .stop }
      if isLast || step.isMultiple(of: configuration.run.loggingSteps) {
        var values = sinceLogged.values
        values[.gradientNorm] = norm
        values[.learningRate] = learningRate
        values[.epoch] = order.epoch(after: step)
        values[.numberOfTokens] = Double(tokens)
        disposition = try observe(.logged(MetricsEntry(step: step, values: values))) || disposition
        sinceLogged = PairMetrics()
      }
      if isLast || isDue(configuration.run.evaluationSteps, step), !heldOut.pairs.isEmpty {
        disposition = try observe(.evaluated(try evaluation(after: step))) || disposition
      }
      if disposition == .stop { return step }
    }
    return order.steps.count
  }

  /// One micro-batch: forward, loss, backward.
  private func descend(
    _ part: [Int], of count: Int, step: Int, into metrics: inout PairMetrics
  ) throws {
    let judged = try judge(part, of: training, step: step, reference: reference.training)
    metrics.add(judged)
    let gradient = judged.outcome.gradient.bySequence.map { $0 / Double(count) }
    let seed = SequenceLogProbability(spans: judged.batch.spans)
      .tokenSeeds(for: gradient, tokenCount: judged.batch.targets.count)
    try policy.backward(seed: seed, through: judged.scored)
  }

  /// Forward and loss on some of the pairs.
  private func judge(
    _ part: [Int], of data: TrainingPairs, step: Int,
    reference: ([Int], PairLogProbabilities) -> PairLogProbabilities
  ) throws -> JudgedPairs {
    let batch = PackedBatch(part.map { data.pairs[$0].sequences })
    let scored = try policy.logProbabilities(of: batch)  // log π(y|x), token by token
    let logProbabilities = PairLogProbabilities(
      SequenceLogProbability(spans: batch.spans), of: scored.logProbabilities)
    let reference = reference(part, logProbabilities)
    let outcome = objective.evaluate(
      policy: logProbabilities, reference: reference, weights: part.map { data.pairs[$0].weight })
    if let bad = outcome.values.firstIndex(where: { !$0.isFinite }) {
      throw TrainingError.divergedLoss(
        step: step, row: data.sources[part[bad]], loss: outcome.values[bad],
        policy: [logProbabilities.chosen[bad], logProbabilities.rejected[bad]],
        reference: [reference.chosen[bad], reference.rejected[bad]])
    }
    return JudgedPairs(
      batch: batch, scored: scored, logProbabilities: logProbabilities, outcome: outcome)
  }

  /// The same loss on the held-out pairs, without gradient.
  private func evaluation(after step: Int) throws -> MetricsEntry {
    var metrics = PairMetrics()
    for part in microbatches.split(Array(heldOut.pairs.indices), of: heldOut.pairs) {
      metrics.add(
        try withoutGradients {
          try judge(part, of: heldOut, step: step, reference: reference.heldOut)
        })
    }
    var values: [MetricName: Double] = [:]
    for (name, value) in metrics.values { values[name.onEvaluation] = value }
    values[.epoch] = order.epoch(after: step)
    return MetricsEntry(step: step, values: values)
  }
}

private func isDue(_ interval: Int?, _ step: Int) -> Bool {
  interval.map(step.isMultiple(of:)) ?? false
}

private func || (a: TrainingDisposition, b: TrainingDisposition) -> TrainingDisposition {
  a == .stop ? .stop : b
}

extension AdamW {
  /// AdamW over a model's parameters: matrices decay, biases and normalization weights do not.
  convenience init(
    _ parameters: Parameters, _ settings: OptimizerConfiguration
  ) throws(EngineError) {
    try self.init(
      decayed: parameters.decayed, plain: parameters.plain, weightDecay: settings.weightDecay,
      beta1: settings.adamBeta1, beta2: settings.adamBeta2, epsilon: settings.adamEpsilon)
  }
}

/// What gradients are multiplied by so that their norm is at most `limit`; 0 switches clipping off.
///
/// The 10⁻⁶ is that of `torch.nn.utils.clip_grad_norm_`.
func clippingFactor(norm: Double, limit: Double) -> Double {
  limit > 0 ? min(1, limit / (norm + 1e-6)) : 1
}

extension PairLogProbabilities {
  /// The sums of a batch of pairs, whose sequences alternate: chosen, rejected, chosen, …
  init(_ sums: SequenceLogProbability, of tokens: [Float]) {
    let (values, counts) = (sums.sums(of: tokens), sums.tokenCounts)
    let chosen = stride(from: 0, to: values.count, by: 2)
    let rejected = stride(from: 1, to: values.count, by: 2)
    self.init(
      chosen: chosen.map { values[$0] }, rejected: rejected.map { values[$0] },
      chosenTokens: chosen.map { counts[$0] }, rejectedTokens: rejected.map { counts[$0] })
  }
}

extension PairGradient {
  /// One derivative a sequence, in the order in which a batch of pairs packs them.
  var bySequence: [Double] { zip(chosen, rejected).flatMap { [$0, $1] } }
}
