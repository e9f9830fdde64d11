public import RunRecords
public import TrainingConfiguration

/// A whole run of `attune sft` or `attune pretrain`: from files to a model in a run directory.
///
///     let training = SupervisedTraining(configuration, existing: .refuse)
///     let summary = try training.run(origin) { event in … }
public struct SupervisedTraining<Configuration: OfflineConfiguration>: Sendable {
  private let configuration: Configuration
  private let existing: ExistingRun
  private let availableMemory: Int?
  private let plan: @Sendable (Configuration) throws -> SupervisedPlan<Configuration>

  private init(
    _ configuration: Configuration, _ existing: ExistingRun, _ availableMemory: Int?,
    plan: @escaping @Sendable (Configuration) throws -> SupervisedPlan<Configuration>
  ) {
    self.configuration = configuration
    self.existing = existing
    self.availableMemory = availableMemory
    self.plan = plan
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
    let training = OfflineTraining<SupervisedPlan<Configuration>>(
      run: configuration.run,
      inputs: configuration.data.allFiles + [configuration.model].compactMap(\.self),
      existing: existing, availableMemory: availableMemory)
    return try training(origin, plan: { try plan(configuration) }, observe: observe)
  }
}

extension SupervisedTraining<SupervisedConfiguration> {
  /// Plans a run of supervised fine-tuning.
  ///
  /// - Parameters:
  ///   - configuration: A configuration that is valid for a run.
  ///   - existing: What to do with a run directory that is there already.
  ///   - availableMemory: Bytes that the run may take; `nil` to try whatever it needs.
  public init(
    _ configuration: SupervisedConfiguration, existing: ExistingRun, availableMemory: Int? = nil
  ) {
    self.init(configuration, existing, availableMemory) { try SupervisedPlan($0) }
  }
}

extension SupervisedTraining<PretrainingConfiguration> {
  /// Plans a run of pretraining.
  ///
  /// - Parameters:
  ///   - configuration: A configuration that is valid for a run.
  ///   - existing: What to do with a run directory that is there already.
  ///   - availableMemory: Bytes that the run may take; `nil` to try whatever it needs.
  public init(
    _ configuration: PretrainingConfiguration, existing: ExistingRun, availableMemory: Int? = nil
  ) {
    self.init(configuration, existing, availableMemory) { try SupervisedPlan($0) }
  }
}
