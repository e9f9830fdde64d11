import Foundation
internal import LanguageModels
internal import PreferenceData
public import RunRecords
internal import Tokenization
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

  /// Plans a run.
  ///
  /// - Parameters:
  ///   - configuration: A configuration that is valid for a run.
  ///   - referenceCache: The folder of reference log probabilities.
  ///   - existing: What to do with a run directory that is there already.
  public init(_ configuration: DPOConfiguration, referenceCache: String, existing: ExistingRun) {
    self.configuration = configuration
    self.referenceCache = referenceCache
    self.existing = existing
  }

  /// Trains, and leaves the model in the run directory.
  ///
  /// Everything that can be checked is checked first: the directory appears when the first step is
  /// about to be taken, and the model when the last one is done. A run that throws in between, as on
  /// a loss that is NaN, leaves its records and no model.
  ///
  /// - Parameters:
  ///   - origin: Where the run comes from, for its manifest.
  ///   - observe: Told of all that happens; may stop the run, which keeps the steps that are done.
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
    if let threads = configuration.run.threads { try Engine.setThreads(threads) }

    let tokenizer = try Tokenizer(directory: directory)
    let (training, heldOut, dropped) = try pairs(tokenizer, directory)
    func report(_ event: TrainingEvent) throws {
      if try observe(event) == .stop { throw TrainingError.stoppedBeforeTraining }
    }
    try report(
      .prepared(training: training.pairs.count, heldOut: heldOut.pairs.count, dropped: dropped))
    for model in Set([directory, referenceDirectory]).sorted() { try check(tokenizer, fits: model) }
    let policy = try CausalLanguageModel(directory: directory)
    let order = VisitOrder(
      count: training.pairs.count, itemsPerStep: configuration.batches.itemsPerStep,
      epochs: configuration.batches.epochs, maxSteps: configuration.batches.maxSteps,
      shuffledBy: configuration.data.shuffle
        ? SeededGenerator(seed: UInt64(configuration.run.seed)) : nil)

    let start = ContinuousClock.now
    let reference = try reference(
      for: training, heldOut, order: order, policy: policy, directory: referenceDirectory,
      report: report)

    let manifest = try origin.manifest(
      configuration, rows: training.pairs.count, dropped: dropped)
    let run = try RunDirectory(at: destination, manifest: manifest)
    try run.write(origin.configuration, to: "attune.yaml")
    let recorder = try RunRecorder(run)
    let method = DirectPreferenceOptimization(
      policy: policy, objective: configuration.loss, configuration: configuration,
      training: training, heldOut: heldOut, reference: reference, order: order,
      microbatches: Microbatches(size: configuration.batches.microBatchSize, for: policy))
    var summary = TrainingSummary()
    summary.steps = try method.train { event in
      try recorder.record(event)
      summary.note(event)
      return try observe(event)
    }
    summary.isStopped = summary.steps < order.steps.count
    summary.seconds = (ContinuousClock.now - start) / .seconds(1)
    try run.install { try policy.write(to: $0, companionsFrom: directory) }
    return summary
  }

  /// log π_ref of all pairs that the run will see, from the cache or from the reference model.
  private func reference(
    for training: TrainingPairs, _ heldOut: TrainingPairs, order: VisitOrder,
    policy: CausalLanguageModel, directory: String, report: (TrainingEvent) throws -> Void
  ) throws -> ReferenceLogProbabilities {
    var cache = ReferenceCache(
      folder: referenceCache, model: try ModelFingerprint(directory: directory))
    let reference = Result {
      try ReferenceLogProbabilities(
        training: training.pairs, visited: order.visited, heldOut: heldOut.pairs, cache: &cache,
        model: {
          directory == configuration.model
            ? policy : try CausalLanguageModel(directory: directory)
        },
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

  /// The training pairs, the held-out ones, and the rows of all files that are neither.
  private func pairs(
    _ tokenizer: Tokenizer, _ directory: String
  ) throws -> (training: TrainingPairs, heldOut: TrainingPairs, dropped: DroppedRows) {
    let data = configuration.data
    let tokenization = try PairTokenization(
      tokenizer: tokenizer, directory: directory, maxLength: data.maxLength)
    func read(_ files: [String]) throws -> TrainingPairs {
      try TrainingPairs(
        RecordReader.preferencePairs.read(files, strict: data.strict),
        tokenization: tokenization, strict: data.strict, files: files)
    }
    let all = try read(data.files)
    var dropped = all.dropped
    if !data.evaluationFiles.isEmpty {
      let heldOut = try read(data.evaluationFiles)
      dropped.merge(heldOut.dropped)
      return (all, heldOut, dropped)
    }
    guard let fraction = data.evaluationFraction else { return (all, TrainingPairs(), dropped) }
    let split = DatasetSplit(
      groups: all.pairs.map(\.prompt), fraction: fraction, seed: UInt64(configuration.run.seed))
    return (all.subset(split.training), all.subset(split.heldOut), dropped)
  }

  /// Checks that a model has a row for each of the tokenizer's ids, before its weights are read.
  private func check(_ tokenizer: Tokenizer, fits directory: String) throws {
    let rows = try TransformerConfiguration(directory: directory).vocabularySize
    guard tokenizer.vocabularySize <= rows else {
      throw TrainingError.vocabulary(
        directory: directory, tokenizer: tokenizer.vocabularySize, model: rows)
    }
  }
}
