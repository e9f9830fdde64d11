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
    try RewardEnsemble.check(directory, existing: existing)
    return try runMembers(in: directory, origin, observe)
  }

  private func runMembers(
    in directory: String, _ origin: RunOrigin,
    _ observe: (TrainingEvent) throws -> TrainingDisposition
  ) throws -> TrainingSummary {
    let size = configuration.ensembleSize
    var summary = TrainingSummary()
    var isWritten = false
    for member in 0..<size {
      do {
        if try observe(.note("member \(member + 1) of \(size)")) == .stop {
          throw TrainingError.stoppedBeforeTraining
        }
        let path = RewardEnsemble.member(member + 1, of: directory)
        summary.merge(
          try run(path, member: member, origin) { event in
            // A run that fails before its first step leaves nothing behind.
            if case .stepped = event, !isWritten {
              try RewardEnsemble.write(settings: origin.configuration, size: size, in: directory)
              isWritten = true
            }
            return try observe(event)
          })
      } catch TrainingError.stoppedBeforeTraining where member > 0 {
        summary.isStopped = true
      }
      if summary.isStopped { return summary }
    }
    try RewardEnsemble.removeMembers(beyond: size, in: directory)
    return summary
  }

  private func run(
    _ directory: String?, member: Int, _ origin: RunOrigin,
    _ observe: (TrainingEvent) throws -> TrainingDisposition
  ) throws -> TrainingSummary {
    var settings = configuration
    settings.run.directory = directory
    if settings.features.isEmpty {
      return try training(settings)(
        origin, plan: { try RewardPlan(settings, member: member) }, observe: observe)
    }
    return try training(settings)(
      origin, plan: { try FeatureRewardPlan(settings, member: member) }, observe: observe)
  }

  private func training<Plan>(_ settings: RewardConfiguration) -> OfflineTraining<Plan> {
    OfflineTraining(
      run: settings.run,
      inputs: settings.dataFiles + [settings.model].compactMap(\.self),
      existing: existing(settings.run.directory), availableMemory: availableMemory)
  }

  /// What to do with a directory: a member of an ensemble whose turn has not come has none to resume.
  private func existing(_ directory: String?) -> ExistingRun {
    guard existing == .resume, configuration.ensembleSize > 1, let directory,
      !FileManager.default.fileExists(atPath: directory)
    else { return existing }
    return .refuse
  }
}
