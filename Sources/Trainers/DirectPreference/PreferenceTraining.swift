public import RunRecords
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
    let models = [configuration.model, configuration.referenceModel].compactMap(\.self)
    let training = OfflineTraining<PreferencePlan>(
      run: configuration.run, inputs: configuration.data.allFiles + models, existing: existing,
      availableMemory: availableMemory)
    return try training(
      origin, plan: { try PreferencePlan(configuration, referenceCache: referenceCache) },
      observe: observe)
  }
}
