internal import LanguageModels
internal import RunRecords
internal import TorchEngine
internal import TrainingConfiguration

/// A whole offline run, from files to a model in a run directory: what every training verb that
/// learns from given data does around its method.
struct OfflineTraining<Plan: RunnablePlan> {
  let run: RunConfiguration
  /// Files and directories that the run reads, and must not replace.
  let inputs: [String]
  let existing: ExistingRun
  /// Bytes that the run may take; `nil` to try whatever it needs.
  let availableMemory: Int?

  private typealias Progress = OfflineProgress<Plan.Method>

  /// Trains, and leaves the model in the run directory.
  ///
  /// Everything that can be checked is checked first: the directory appears when the first step is
  /// about to be taken, and the model when the last one is done. A run that ends in between, because
  /// it was stopped or something failed, leaves its records and its checkpoints, and no model; with
  /// `.resume` it goes on from the last whole checkpoint as if it had never ended.
  ///
  /// - Parameters:
  ///   - origin: Where the run comes from, for its manifest.
  ///   - makePlan: Reads the data.
  ///   - observe: Told of all that happens; may stop the run, which then saves a checkpoint.
  /// - Returns: What was done.
  /// - Throws: Errors of the data, the model, the run directory, or ``TrainingError``.
  func callAsFunction(
    _ origin: RunOrigin, plan makePlan: () throws -> Plan,
    observe: (TrainingEvent) throws -> TrainingDisposition
  ) throws -> TrainingSummary {
    guard let output = run.directory else { preconditionFailure("a run without run directory") }
    let destination = try RunDestination(path: output, existing: existing, inputs: inputs)
    let earlier = destination.holdsRun ? try RunDirectory(resuming: destination) : nil
    if let threads = run.threads { try Engine.setThreads(threads) }
    func report(_ event: TrainingEvent) throws {
      if try observe(event) == .stop { throw TrainingError.stoppedBeforeTraining }
    }

    let plan = try makePlan()
    // Only a model of feature vectors starts from none, and has no files to hand on.
    let source = plan.configuration.model ?? ""
    try report(
      .prepared(
        training: plan.data.training, heldOut: plan.data.heldOut, dropped: plan.data.dropped))
    for note in plan.notes { try report(.note(note)) }

    var summary = TrainingSummary()
    let total = plan.order.steps.count
    if let steps = earlier?.manifest.finishedSteps, steps >= total {
      try report(.note("the run is complete: all \(steps) steps are done"))
      summary.steps = steps
      return summary
    }
    if let note = try plan.check(availableMemory: availableMemory) { try report(.note(note)) }
    var identity = try plan.identity()
    if run.earlyStoppingPatience != nil { identity.inputs["held-out data"] = plan.heldOutDigest }
    let resumption = try earlier.flatMap {
      try Resumption<Progress>(
        ofLastCheckpointIn: $0, identity, totalSteps: total, report: { try report(.note($0)) })
    }
    let start = ContinuousClock.now
    let method = try plan.method(
      weights: resumption?.checkpoint.path ?? source, isResumed: resumption != nil,
      identity: identity, report: report)

    let directory = try origin.directory(
      at: destination, goingOnWith: earlier, from: resumption?.checkpoint
    ) {
      try origin.manifest(
        plan.configuration, rows: plan.data.training, dropped: plan.data.dropped)
    }
    let recorder = try RunRecorder(directory)
    if let done = resumption?.state.progress {
      let event = TrainingEvent.resumed(step: done.step, items: done.items, tokens: done.tokens)
      summary.note(event)
      try report(event)
    }
    let checkpoints = TrainingCheckpoints(
      run: directory, identity: identity, limit: run.saveTotalLimit, companions: source)
    let loop = OfflineLoop(
      method: method, optimizer: plan.configuration.optimizer, run: run, order: plan.order,
      checkpoints: checkpoints)
    let ending = try loop.train(from: resumption) { event in
      try recorder.record(event)
      summary.note(event)
      return try observe(event)
    }
    summary.steps = ending.steps
    summary.isStopped = !ending.isComplete
    summary.seconds = (ContinuousClock.now - start) / .seconds(1)
    if ending.isComplete {
      let model =
        try ending.bestStep.map { try plan.trainedModel(from: directory.checkpointPath(step: $0)) }
        ?? method.model
      try plan.finish(model) { _ = try observe($0) }
      try directory.install { try model.write(to: $0, companionsFrom: source) }
      try directory.amend { $0.finishedSteps = summary.steps }
    }
    return summary
  }
}
