internal import LanguageModels
internal import Objectives
internal import RunRecords
internal import TorchEngine
internal import TrainingConfiguration

/// The optimizer steps of a run: for each, the gradient of its items, clipped, and AdamW; then what
/// is due after it, a line of the log, an evaluation, a checkpoint.
struct OfflineLoop<Method: OfflineMethod> {
  let method: Method
  let optimizer: OptimizerConfiguration
  let run: RunConfiguration
  let order: VisitOrder
  let checkpoints: TrainingCheckpoints

  private var stopping: EarlyStopping? {
    run.earlyStoppingPatience.map(EarlyStopping.init(patience:))
  }

  /// Trains the model.
  ///
  /// - Parameters:
  ///   - resumption: The checkpoint to go on from, whose weights the model has; `nil` to start.
  ///   - observe: Told of each step; may stop the run after it.
  /// - Returns: How it ended.
  /// - Throws: ``TrainingError`` if loss or gradient are not finite; `RunRecordError` if a
  ///   checkpoint cannot be saved.
  func train(
    from resumption: Resumption<OfflineProgress<Method>>?,
    observe: (TrainingEvent) throws -> TrainingDisposition
  ) throws -> RunEnding {
    let parameters = method.model.trainedParameters
    try parameters.requireGradients()
    let adamW = try AdamW(parameters, optimizer)
    try resumption?.restore(adamW, of: parameters)
    let schedule = optimizer.schedule(totalSteps: order.steps.count)
    var progress = resumption?.state.progress ?? OfflineProgress(state: method.initialState)

    for (index, items) in order.steps.enumerated().dropFirst(progress.step) {
      if let stopping, stopping.isExhausted(progress.evaluations) {
        return try ending(early: true, progress, observe)
      }
      let step = index + 1
      let metrics = try method.descend(on: items, step: step, state: &progress.state)
      let norm = try adamW.gradientNorm()
      guard norm.isFinite else {
        throw TrainingError.divergedGradient(step: step, rows: method.sources(of: items))
      }
      let learningRate = optimizer.learningRate * schedule.factor(at: index)
      try adamW.update(
        learningRate: learningRate,
        gradientScale: clippingFactor(norm: norm, limit: optimizer.maxGradNorm))

      progress.step = step
      progress.items += items.count
      progress.tokens += method.tokens(of: items)
      progress.sinceLogged.add(metrics)
      var disposition = try observe(
        .stepped(
          step: step, total: order.steps.count, loss: metrics.meanLoss, items: progress.items,
          tokens: progress.tokens))
      let isLast = step == order.steps.count
      if isLast || step.isMultiple(of: run.loggingSteps) {
        var values = progress.sinceLogged.values
        values[.gradientNorm] = norm
        values[.learningRate] = learningRate
        values[.epoch] = order.epoch(after: step)
        values[.numberOfTokens] = Double(progress.tokens)
        disposition = try observe(.logged(MetricsEntry(step: step, values: values))) || disposition
        progress.sinceLogged = Method.Metrics()
      }
      var isBest = false
      if isLast || isDue(run.evaluationSteps, step),
        let metrics = try method.evaluate(after: step, state: progress.state)
      {
        isBest = progress.evaluations.add(loss: metrics.criterion, after: step)
        disposition = try observe(.evaluated(evaluation(metrics, after: step))) || disposition
      }
      let isKept = isBest && stopping != nil
      if !isLast, isKept || disposition == .stop || isDue(run.saveSteps, step) {
        let checkpoint = try checkpoints.save(
          step: step, of: order.steps.count, model: method.model, optimizer: adamW,
          progress: progress, keeping: stopping == nil ? nil : progress.evaluations.best?.step)
        disposition = try observe(.saved(checkpoint)) || disposition
      }
      if disposition == .stop, !isLast {
        return RunEnding(steps: step, isComplete: false)
      }
    }
    return try ending(early: false, progress, observe)
  }

  private func evaluation(_ metrics: Method.Metrics, after step: Int) -> MetricsEntry {
    var values: [MetricName: Double] = [:]
    for (name, value) in metrics.values { values[name.onEvaluation] = value }
    values[.epoch] = order.epoch(after: step)
    return MetricsEntry(step: step, values: values)
  }

  /// A run that has nothing left to do, with the best of its models where the last is not it.
  private func ending(
    early: Bool, _ progress: OfflineProgress<Method>,
    _ observe: (TrainingEvent) throws -> TrainingDisposition
  ) throws -> RunEnding {
    let best = progress.evaluations.best?.step
    guard stopping != nil, let best, best != progress.step else {
      return RunEnding(steps: progress.step, isComplete: true)
    }
    let measure = "the held-out \(Method.Metrics.criterionName)"
    let reason =
      early
      ? "stopped early: \(measure) has not fallen for "
        + "\(progress.evaluations.evaluationsSince) evaluations"
      : "\(measure) was lowest before the end"
    _ = try observe(.note("\(reason); the model is that of step \(best)"))
    return RunEnding(steps: progress.step, isComplete: true, bestStep: best)
  }
}
