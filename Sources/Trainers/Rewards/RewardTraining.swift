public import RunRecords
public import TrainingConfiguration

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A whole run of `attune reward`: from files to a reward model in a run directory.
///
///     let training = RewardTraining(configuration, existing: .refuse)
///     let summary = try training.run(origin) { event in … }
public struct RewardTraining: Sendable {
  private let configuration: RewardConfiguration
  private let existing: ExistingRun
  private let availableMemory: Int?

  /// Plans a run.
  ///
  /// - Parameters:
  ///   - configuration: A configuration that is valid for a run.
  ///   - existing: What to do with a run directory that is there already.
  ///   - availableMemory: Bytes that the run may take; `nil` to try whatever it needs.
  public init(
    _ configuration: RewardConfiguration, existing: ExistingRun, availableMemory: Int? = nil
  ) {
    self.configuration = configuration
    self.existing = existing
    self.availableMemory = availableMemory
  }

  /// Trains, and leaves the reward model in the run directory; of an ensemble of models, each member
  /// in a run directory of its own within.
  ///
  /// - Parameters:
  ///   - origin: Where the run comes from, for its manifest.
  ///   - observe: Told of all that happens; may stop the run, which then saves a checkpoint.
  /// - Returns: What was done.
  /// - Throws: Errors of the data, the model, the run directory, or ``TrainingError``.
  public func run(
    _ origin: RunOrigin, observe: (TrainingEvent) throws -> TrainingDisposition
  ) throws -> TrainingSummary {
    guard configuration.ensembleType == .models, configuration.ensembleSize > 1 else {
      return try run(configuration.run.directory, member: 0, origin, observe)
    }
    guard let directory = configuration.run.directory else {
      preconditionFailure("a run without run directory")
    }
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    var file = try AtomicFile(path: "\(directory)/attune.yaml")
    try file.write(origin.configuration)
    try file.commit()
    var summary = TrainingSummary()
    for member in 0..<configuration.ensembleSize {
      let note = "member \(member + 1) of \(configuration.ensembleSize)"
      if try observe(.note(note)) == .stop { throw TrainingError.stoppedBeforeTraining }
      summary.merge(
        try run(RewardEnsemble.member(member + 1, of: directory), member: member, origin, observe))
      if summary.isStopped { break }
    }
    return summary
  }

  private func run(
    _ directory: String?, member: Int, _ origin: RunOrigin,
    _ observe: (TrainingEvent) throws -> TrainingDisposition
  ) throws -> TrainingSummary {
    var settings = configuration
    settings.run.directory = directory
    let training = OfflineTraining<RewardPlan>(
      run: settings.run,
      inputs: settings.data.allFiles + [settings.model].compactMap(\.self),
      existing: existing(directory), availableMemory: availableMemory)
    return try training(
      origin, plan: { try RewardPlan(settings, member: member) }, observe: observe)
  }

  /// What to do with a directory: a member of an ensemble whose turn has not come has none to resume.
  private func existing(_ directory: String?) -> ExistingRun {
    guard existing == .resume, configuration.ensembleSize > 1, let directory,
      !FileManager.default.fileExists(atPath: directory)
    else { return existing }
    return .refuse
  }
}
