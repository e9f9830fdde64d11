internal import Evaluations
internal import LanguageModels
internal import Objectives
internal import PreferenceData
internal import Rewards
internal import RunRecords
internal import TorchEngine
internal import TrainingConfiguration

/// The steps of a run: for each a rollout, lessons from it, and updates of the policy; then what is due
/// after it, a line of the log, a look at held-out prompts, a checkpoint.
struct OnPolicyLoop<Method: OnPolicyMethod> {
  let method: Method
  let rollouts: Rollouts
  let prompts: TrainingPrompts
  /// Which prompts each step answers.
  let order: VisitOrder
  /// Completions of each prompt.
  let generations: Int
  let temperature: Double
  let updates: RolloutUpdates
  /// By which rule β moves.
  let law: KLController.Law
  let watch: PolicyWatch?
  let optimizer: OptimizerConfiguration
  let run: RunConfiguration
  /// Steps between sample completions; 0 for none.
  let sampleSteps: Int
  let checkpoints: TrainingCheckpoints

  typealias Progress = OnPolicyProgress<Method.State>

  /// Trains the policy.
  ///
  /// - Parameters:
  ///   - resumption: The checkpoint to go on from, whose weights the model has; `nil` to start.
  ///   - reward: What completions are worth.
  ///   - observe: Told of all that happens; may stop the run after a step.
  /// - Returns: How it ended.
  /// - Throws: What a reward throws, ``TrainingError`` for numbers that are not finite, `RunRecordError`.
  ///   Before an error is thrown, what was learned until then is saved as a checkpoint.
  func train(
    from resumption: Resumption<Progress>?, reward: CompositeReward,
    observe: (TrainingEvent) throws -> TrainingDisposition
  ) async throws -> RunEnding {
    let parameters = method.model.trainedParameters
    try parameters.requireGradients()
    let adamW = try AdamW(parameters, optimizer)
    try resumption?.restore(adamW, of: parameters)
    var reward = reward
    var progress =
      resumption?.state.progress
      ?? Progress(
        controller: KLController(law),
        stopping: run.earlyStoppingPatience.map(GoldStopping.init(patience:)),
        state: method.initialState)
    reward.running = progress.running
    var lastSaved = resumption?.checkpoint.step ?? 0

    func save() throws -> TrainingDisposition {
      lastSaved = progress.step
      return try observe(
        .saved(
          checkpoints.save(
            step: progress.step, of: order.steps.count, model: method.model, optimizer: adamW,
            progress: progress, keeping: progress.stopping?.best?.step)))
    }

    func saved<Result>(from error: any Error) throws -> Result {
      if progress.step > lastSaved { _ = try save() }
      throw error
    }

    var asked = TrainingDisposition.proceed
    while true {
      let step = progress.step
      let isLast = step == order.steps.count
      var disposition = asked
      var isBest = false
      if progress.looked < step, step == 0 || isLast || isDue(run.evaluationSteps, step) {
        do {
          isBest = try await look(at: &progress, reward, &disposition, observe)
        } catch { return try saved(from: error) }
      }
      if isLast || progress.stopping?.isExhausted == true { return try ending(progress, observe) }
      if step > lastSaved, isBest || disposition == .stop || isDue(run.saveSteps, step) {
        disposition = try save() || disposition
      }
      if disposition == .stop {
        guard step > 0 else { throw TrainingError.stoppedBeforeTraining }
        return RunEnding(steps: step, isComplete: false)
      }
      let rollout: Rollouts.Rollout
      do {
        rollout = try await rollouts.sample(
          .init(
            prompts: order.steps[step], generations: generations, temperature: temperature,
            seed: seed(.sampling, of: step + 1)),
          of: prompts, reward: &reward
        ) { _ = try observe(.sampled(done: $0, total: $1)) }
      } catch { return try saved(from: error) }
      asked = try take(rollout, adamW, reward.running, &progress, observe)
    }
  }

  /// A step: learns from its rollout, and tells of it.
  private func take(
    _ rollout: Rollouts.Rollout, _ adamW: AdamW, _ running: [String: RunningScores],
    _ progress: inout Progress, _ observe: (TrainingEvent) throws -> TrainingDisposition
  ) throws -> TrainingDisposition {
    let step = progress.step + 1
    let metrics = try learn(
      from: rollout, step: step, adamW, state: &progress.state,
      klCoefficient: progress.controller.coefficient)
    let divergence = rollout.buffer.meanDivergence
    if let divergence, divergence.isFinite {
      progress.controller.update(kl: divergence, count: rollout.buffer.count)
    }
    progress.step = step
    progress.completions += rollout.buffer.count
    progress.tokens += rollout.buffer.tokenCount
    progress.running = running
    progress.sinceLogged.add(metrics)
    var disposition = try observe(
      .practised(
        step: step, total: order.steps.count, reward: metrics[.reward], divergence: divergence,
        items: progress.completions, tokens: progress.tokens))
    if !progress.hasNotedEqualRewards, metrics.rewardsAreEqual {
      progress.hasNotedEqualRewards = true
      let note =
        "step \(step): all completions \(generations > 1 ? "of each prompt " : "")have one "
        + "reward, so that it teaches nothing; it is not said again"
      disposition = try observe(.note(note)) || disposition
    }
    if sampleSteps > 0, step == 1 || step.isMultiple(of: sampleSteps) {
      let samples = SampleRecord.first(4, of: rollout, step: step)
      disposition = try observe(.completions(samples)) || disposition
    }
    if step == order.steps.count || step.isMultiple(of: run.loggingSteps) {
      disposition = try observe(.logged(entry(progress))) || disposition
      progress.sinceLogged = MeanMetrics()
    }
    return disposition
  }

  /// All updates on a rollout.
  ///
  /// - Returns: What was measured.
  private func learn(
    from rollout: Rollouts.Rollout, step: Int, _ adamW: AdamW, state: inout Method.State,
    klCoefficient: Double
  ) throws -> [MetricName: Double] {
    let schedule = optimizer.schedule(totalSteps: order.steps.count)
    let learningRate = optimizer.learningRate * schedule.factor(at: step - 1)
    var metrics = StepMeasurements()
    metrics.values = RolloutMetrics(rollout.buffer, rollout.scores).values
    metrics.values[.divergenceCoefficient] = klCoefficient
    metrics.values[.learningRate] = learningRate
    let lessons = try method.lessons(
      of: rollout.buffer, klCoefficient: klCoefficient, state: &state, metrics: &metrics)
    var norms: [Double] = []
    passes: for pass in 0..<updates.passes {
      let generator =
        updates.count > 1
        ? SeededGenerator(seed: seed(.order(pass: pass), of: step)) : nil
      for batch in rollout.buffer.batches(updates.batches, shuffledBy: generator) {
        metrics.beginBatch()
        try method.descend(
          on: batch, of: rollout.buffer, lessons, klCoefficient: klCoefficient, metrics: &metrics)
        let norm = try adamW.gradientNorm()
        guard norm.isFinite, metrics.meanLoss.isFinite else {
          let rows = rollout.buffer.groupedByPrompt(batch).map {
            prompts.items[rollout.buffer.experiences[$0[0]].prompt].source
          }
          throw TrainingError.divergedGradient(step: step, rows: rows)
        }
        // The ratios are those before this update: where they are too far already, it is left out.
        if let limit = method.targetDivergence, metrics.batchRatios.approximateKL > limit {
          try adamW.discardGradients()
          break passes
        }
        try adamW.update(
          learningRate: learningRate,
          gradientScale: clippingFactor(norm: norm, limit: optimizer.maxGradNorm))
        metrics.endBatch()
        norms.append(norm)
      }
    }
    metrics.values[.gradientNorm] = norms.reduce(0, +) / Double(max(1, norms.count))
    return metrics.all
  }

  /// What the log says of the steps since its last line.
  private func entry(_ progress: Progress) -> MetricsEntry {
    var values = progress.sinceLogged.values
    values[.epoch] = order.epoch(after: progress.step)
    values[.numberOfTokens] = Double(progress.tokens)
    values[.episode] = Double(progress.completions)
    return MetricsEntry(step: progress.step, values: values)
  }

  /// Looks at held-out prompts, and at what that says.
  ///
  /// - Returns: Whether the gold score is the best so far and the run may end early by it.
  private func look(
    at progress: inout Progress, _ reward: CompositeReward,
    _ disposition: inout TrainingDisposition,
    _ observe: (TrainingEvent) throws -> TrainingDisposition
  ) async throws -> Bool {
    guard let watch else {
      progress.looked = progress.step
      return false
    }
    let found = try await watch.evaluate(
      rollouts, reward: reward, scale: &progress.watchScale, after: progress.step
    ) {
      _ = try observe(.sampled(done: $0, total: $1))
    }
    var values: [MetricName: Double] = [.epoch: order.epoch(after: progress.step)]
    for (name, value) in found.values { values[name.onEvaluation] = value }
    disposition =
      try observe(.evaluated(MetricsEntry(step: progress.step, values: values))) || disposition
    for warning in progress.monitor.add(found.observation) {
      _ = try observe(
        .note("step \(progress.step): warning (\(warning.rule.rawValue)): \(warning)"))
    }
    progress.looked = progress.step
    guard let gold = found.observation.gold else { return false }
    return progress.stopping?.add(gold: gold, step: progress.step) == .keep
  }

  /// A run that has nothing left to do, with the best of its models where the last is not it.
  private func ending(
    _ progress: Progress, _ observe: (TrainingEvent) throws -> TrainingDisposition
  ) throws -> RunEnding {
    guard let stopping = progress.stopping, let best = stopping.best, best.step != progress.step
    else { return RunEnding(steps: progress.step, isComplete: true) }
    let reason =
      stopping.isExhausted
      ? "stopped early: the held-out gold score has not risen for \(stopping.evaluationsSinceBest) "
        + "evaluations" : "the held-out gold score was highest before the end"
    _ = try observe(.note("\(reason); the model is that of step \(best.step)"))
    return RunEnding(steps: progress.step, isComplete: true, bestStep: best.step)
  }

  /// What a step draws from.
  private enum Stream {
    case sampling
    case order(pass: Int)

    var number: UInt64 {
      switch self {
      case .sampling: 0
      case .order(let pass): UInt64(pass) + 1
      }
    }
  }

  /// A seed for one thing that a step draws: the same whether the run was resumed or not.
  private func seed(_ stream: Stream, of step: Int) -> UInt64 {
    var generator = SeededGenerator(
      seed: UInt64(run.seed) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(step))
    var seed = generator.next()
    for _ in 0..<stream.number { seed = generator.next() }
    return seed
  }
}

extension [MetricName: Double] {
  /// Whether no completion is better than another that it is compared with.
  fileprivate var rewardsAreEqual: Bool {
    self[.zeroDeviationFraction].map { $0 == 1 } ?? (self[.rewardDeviation] == 0)
  }
}

extension GoldStopping {
  /// Whether patience is at its end.
  var isExhausted: Bool { evaluationsSinceBest >= patience }
}
