import Foundation
internal import LanguageModels
internal import Objectives
public import RunRecords
internal import TorchEngine
public import TrainingConfiguration

/// A whole run of `attune dpo`: from files to a model in a run directory.
///
///     let training = PreferenceTraining(configuration, referenceCache: folder, existing: .refuse)
///     let summary = try training.run(origin) { event in … }
public struct PreferenceTraining: Sendable {
  private let configuration: DPOConfiguration
  private let referenceCache: String
  private let existing: ExistingRun
  private let availableMemory: Int?

  /// Plans a run.
  ///
  /// - Parameters:
  ///   - configuration: A configuration that is valid for a run.
  ///   - referenceCache: The folder of reference log probabilities.
  ///   - existing: What to do with a run directory that is there already.
  ///   - availableMemory: Bytes that the run may take; `nil` to try whatever it needs.
  public init(
    _ configuration: DPOConfiguration, referenceCache: String, existing: ExistingRun,
    availableMemory: Int? = nil
  ) {
    self.configuration = configuration
    self.referenceCache = referenceCache
    self.existing = existing
    self.availableMemory = availableMemory
  }

  /// Trains, and leaves the model in the run directory.
  ///
  /// Everything that can be checked is checked first: the directory appears when the first step is
  /// about to be taken, and the model when the last one is done. A run that ends in between, because
  /// it was stopped or something failed, leaves its records and its checkpoints, and no model; with
  /// `.resume` it goes on from the last whole checkpoint as if it had never ended.
  ///
  /// - Parameters:
  ///   - origin: Where the run comes from, for its manifest.
  ///   - observe: Told of all that happens; may stop the run, which then saves a checkpoint.
  /// - Returns: What was done.
  /// - Throws: Errors of the data, the model, the run directory, or ``TrainingError``.
  public func run(
    _ origin: RunOrigin, observe: (TrainingEvent) throws -> TrainingDisposition
  ) throws -> TrainingSummary {
    guard let directory = configuration.model, let output = configuration.run.directory else {
      preconditionFailure("a configuration without model or run directory")
    }
    let referenceDirectory = configuration.referenceModel ?? directory
    let files = configuration.data.files + configuration.data.evaluationFiles
    let destination = try RunDestination(
      path: output, existing: existing, inputs: files + [directory, referenceDirectory])
    let earlier = destination.holdsRun ? try RunDirectory(resuming: destination) : nil
    if let threads = configuration.run.threads { try Engine.setThreads(threads) }
    func report(_ event: TrainingEvent) throws {
      if try observe(event) == .stop { throw TrainingError.stoppedBeforeTraining }
    }

    let plan = try PreferencePlan(configuration)
    let (data, objective, order) = (plan.data, plan.objective, plan.order)
    try report(
      .prepared(
        training: data.training.pairs.count, heldOut: data.heldOut.pairs.count,
        dropped: data.dropped))
    for note in plan.notes { try report(.note(note)) }

    var summary = TrainingSummary()
    if let steps = earlier?.manifest.finishedSteps, steps >= order.steps.count {
      try report(.note("the run is complete: all \(steps) steps are done"))
      summary.steps = steps
      return summary
    }
    if let note = try plan.check(availableMemory: availableMemory) { try report(.note(note)) }
    let models = try ModelFingerprints(policy: directory, reference: referenceDirectory)
    let identity = RunIdentity(plan, models)
    let resumption = try earlier.flatMap {
      try Resumption<TrainingProgress>(
        ofLastCheckpointIn: $0, identity, totalSteps: order.steps.count,
        report: { try report(.note($0)) })
    }
    let policy = try CausalLanguageModel(directory: resumption?.checkpoint.path ?? directory)

    let start = ContinuousClock.now
    var reference: ReferenceLogProbabilities?
    if objective.loss.needsReference {
      reference = try self.reference(
        for: plan, models.reference, report,
        // Unless the policy has been trained already, it may be the reference itself.
        model: {
          referenceDirectory == directory && resumption == nil
            ? policy : try CausalLanguageModel(directory: referenceDirectory)
        })
    }

    let run =
      try earlier
      ?? RunDirectory(
        at: destination,
        manifest: origin.manifest(
          configuration, rows: data.training.pairs.count, dropped: data.dropped))
    if earlier != nil {
      try run.rewind(to: resumption?.checkpoint)
      try run.amend { $0.note(origin, after: resumption?.checkpoint.step ?? 0) }
    }
    try run.write(origin.configuration, to: "attune.yaml")
    let recorder = try RunRecorder(run)
    let method = DirectPreferenceOptimization(
      policy: policy, objective: objective, configuration: configuration, training: data.training,
      heldOut: data.heldOut, reference: reference, order: order,
      microbatches: plan.microbatches,
      checkpoints: TrainingCheckpoints(
        run: run, identity: identity, limit: configuration.run.saveTotalLimit,
        companions: directory))
    if let done = resumption?.state.progress {
      let event = TrainingEvent.resumed(step: done.step, items: done.items, tokens: done.tokens)
      summary.note(event)
      try report(event)
    }
    summary.steps = try method.train(from: resumption) { event in
      try recorder.record(event)
      summary.note(event)
      return try observe(event)
    }
    summary.isStopped = summary.steps < order.steps.count
    summary.seconds = (ContinuousClock.now - start) / .seconds(1)
    if !summary.isStopped {
      try run.install { try policy.write(to: $0, companionsFrom: directory) }
      try run.amend { $0.finishedSteps = summary.steps }
    }
    return summary
  }

  /// log π_ref of all pairs that the run will see, from the cache or from the reference model.
  private func reference(
    for plan: PreferencePlan, _ fingerprint: ModelFingerprint,
    _ report: (TrainingEvent) throws -> Void, model: () throws -> CausalLanguageModel
  ) throws -> ReferenceLogProbabilities {
    var cache = ReferenceCache(folder: referenceCache, model: fingerprint)
    let reference = Result {
      try ReferenceLogProbabilities(
        training: plan.data.training.pairs, visited: plan.order.visited,
        heldOut: plan.data.heldOut.pairs,
        lengthDesensitization: plan.objective.lengthDesensitization, cache: &cache, model: model,
        report: { done, total, cached in
          try report(.referenceScored(done: done, total: total, cached: cached))
        })
    }
    // Also when the pass was stopped: what it has computed is kept.
    do throws(RunRecordError) {
      try cache.save()
    } catch {
      try report(
        .note(
          "the reference's log probabilities could not be kept, so that the next run computes them "
            + "again: \(error)"))
    }
    return try reference.get()
  }
}
