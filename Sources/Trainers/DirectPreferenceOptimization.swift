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
  let objective: PairObjective
  let configuration: DPOConfiguration
  let training: TrainingPairs
  let heldOut: TrainingPairs
  /// log π_ref of both sides of each training pair that is visited, and of each held-out pair;
  /// `nil` for losses without a reference.
  let reference: ReferenceLogProbabilities?
  let order: VisitOrder
  let microbatches: Microbatches
  let checkpoints: TrainingCheckpoints

  /// Trains the policy.
  ///
  /// - Parameters:
  ///   - resumption: The checkpoint to go on from, whose weights the policy has; `nil` to start.
  ///   - observe: Told of each step; may stop the run after it.
  /// - Returns: The number of steps taken, those before the checkpoint included.
  /// - Throws: ``TrainingError`` if loss or gradient are not finite; `RunRecordError` if a
  ///   checkpoint cannot be saved.
  func train(
    from resumption: Resumption<TrainingProgress>?,
    observe: (TrainingEvent) throws -> TrainingDisposition
  ) throws -> Int {
    try policy.parameters.requireGradients()
    let optimizer = try AdamW(policy.parameters, configuration.optimizer)
    try resumption?.restore(optimizer, of: policy)
    let schedule = configuration.optimizer.schedule(totalSteps: order.steps.count)
    var progress = resumption?.state.progress ?? TrainingProgress()

    for (index, pairs) in order.steps.enumerated().dropFirst(progress.step) {
      let step = index + 1
      let metrics = try descend(on: pairs, step: step)
      let norm = try optimizer.gradientNorm()
      guard norm.isFinite else {
        throw TrainingError.divergedGradient(step: step, rows: pairs.map { training.sources[$0] })
      }
      let learningRate = configuration.optimizer.learningRate * schedule.factor(at: index)
      try optimizer.update(
        learningRate: learningRate,
        gradientScale: clippingFactor(norm: norm, limit: configuration.optimizer.maxGradNorm))

      progress.step = step
      progress.items += pairs.count
      progress.tokens += pairs.reduce(0) { $0 + training.pairs[$1].tokenCount }
      progress.sinceLogged.add(metrics)
      var disposition = try observe(
        .stepped(
          step: step, total: order.steps.count, loss: metrics.meanLoss, items: progress.items,
          tokens: progress.tokens))
      let isLast = step == order.steps.count
      if isLast || step.isMultiple(of: configuration.run.loggingSteps) {
        var values = progress.sinceLogged.values
        values[.gradientNorm] = norm
        values[.learningRate] = learningRate
        values[.epoch] = order.epoch(after: step)
        values[.numberOfTokens] = Double(progress.tokens)
        disposition = try observe(.logged(MetricsEntry(step: step, values: values))) || disposition
        progress.sinceLogged = PairMetrics()
      }
      if isLast || isDue(configuration.run.evaluationSteps, step), !heldOut.pairs.isEmpty {
        disposition = try observe(.evaluated(try evaluation(after: step))) || disposition
      }
      if !isLast, disposition == .stop || isDue(configuration.run.saveSteps, step) {
        let checkpoint = try checkpoints.save(
          step: step, of: order.steps.count, policy: policy, optimizer: optimizer,
          progress: progress)
        disposition = try observe(.saved(checkpoint)) || disposition
      }
      if disposition == .stop { return step }
    }
    return order.steps.count
  }

  /// ∇L = Σ_pairs ∂ℓ/∂log π · ∇log π, divided by the pairs of the whole step, part by part.
  private func descend(on pairs: [Int], step: Int) throws -> PairMetrics {
    var metrics = PairMetrics()
    let parts = microbatches.split(pairs, of: training.pairs)
    let meanChosenTokens = training.meanChosenTokens(of: pairs)
    func outcome(_ parts: [ScoredPairs]) throws -> DPOOutcome {
      try objective.outcome(
        of: parts, in: training, reference: reference?.training,
        meanChosenTokens: meanChosenTokens, step: step)
    }
    func backward(_ outcome: DPOOutcome, _ scored: ScoredPairs) throws {
      metrics.add(scored, outcome)
      let seed = scored.tokenSeeds(for: outcome, dividedBy: pairs.count)
      try policy.backward(seed: seed, through: scored.scored)
    }
    if objective.loss.couplesPairs, parts.count > 1 {
      // What a pair is worth depends on all others: all are scored before any gradient is known.
      let whole = try outcome(withoutGradients { try parts.map { try score($0, of: training) } })
      for (part, outcome) in zip(parts, whole.split(into: parts.map(\.count))) {
        try backward(outcome, score(part, of: training))
      }
    } else {
      for part in parts {
        let scored = try score(part, of: training)
        try backward(outcome([scored]), scored)
      }
    }
    return metrics
  }

  /// The same loss on the held-out pairs, without gradient.
  ///
  /// A loss that couples its pairs sees them in groups of an optimizer step's size.
  private func evaluation(after step: Int) throws -> MetricsEntry {
    var metrics = PairMetrics()
    let pairs = Array(heldOut.pairs.indices)
    let meanChosenTokens = heldOut.meanChosenTokens(of: pairs)
    let parts =
      objective.loss.couplesPairs
      ? pairs.grouped(by: configuration.batches.itemsPerStep)
        .map { microbatches.split($0, of: heldOut.pairs) }
      : microbatches.split(pairs, of: heldOut.pairs).map { [$0] }
    for coupled in parts {
      let scored = try withoutGradients { try coupled.map { try score($0, of: heldOut) } }
      let outcome = try objective.outcome(
        of: scored, in: heldOut, reference: reference?.heldOut, meanChosenTokens: meanChosenTokens,
        step: step)
      for (part, outcome) in zip(scored, outcome.split(into: coupled.map(\.count))) {
        metrics.add(part, outcome)
      }
    }
    var values: [MetricName: Double] = [:]
    for (name, value) in metrics.values { values[name.onEvaluation] = value }
    values[.epoch] = order.epoch(after: step)
    return MetricsEntry(step: step, values: values)
  }

  private func score(_ pairs: [Int], of data: TrainingPairs) throws -> ScoredPairs {
    try ScoredPairs(pairs, of: data, by: policy, for: objective)
  }
}

/// Whether something is to be done after a step; an interval of 0, or none, is never.
private func isDue(_ interval: Int?, _ step: Int) -> Bool {
  interval.map { $0 > 0 && step.isMultiple(of: $0) } ?? false
}

private func || (a: TrainingDisposition, b: TrainingDisposition) -> TrainingDisposition {
  a == .stop ? .stop : b
}

/// What gradients are multiplied by so that their norm is at most `limit`; 0 switches clipping off.
///
/// The 10⁻⁶ is that of `torch.nn.utils.clip_grad_norm_`.
func clippingFactor(norm: Double, limit: Double) -> Double {
  limit > 0 ? min(1, limit / (norm + 1e-6)) : 1
}
