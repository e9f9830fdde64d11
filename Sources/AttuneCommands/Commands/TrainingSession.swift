import ArgumentParser
import ConfigurationFiles
import Foundation
import Trainers
import TrainingConfiguration

/// What every training command does around its training: where the run comes from, what the person
/// sees, what a signal does, and what is said at the end.
struct TrainingSession<Configuration: OfflineConfiguration> {
  /// The resolved settings.
  let configuration: Configuration
  /// What a step is made of, in the plural: `pairs`.
  let unit: String
  /// Whether to end with one line of JSON on standard output.
  let json: Bool

  /// A whole run, told where it comes from and whom to tell what happens.
  typealias Training = (
    RunOrigin, (TrainingEvent) throws -> TrainingDisposition
  ) throws -> TrainingSummary

  /// Trains.
  ///
  /// - Parameter train: The run of a method, for instance that of `PreferenceTraining`.
  /// - Throws: What training throws; `ExitCode` if a signal stopped it.
  func run(_ train: Training) throws {
    let origin = RunOrigin(
      version: Attune.version, command: CommandLine.arguments, startedAt: Date(),
      configuration: configuration.yaml)
    let view = TrainingView(
      TerminalProgress(
        on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 10),
      unit: unit)
    Interruption.listen()
    let summary: TrainingSummary
    do {
      summary = try train(origin) { event in
        view.show(event)
        return Interruption.requested == nil ? .proceed : .stop
      }
    } catch {
      view.clear()
      if let signal = Interruption.requested {
        throw Failure(signal.exitStatus, String(describing: error))
      }
      throw error
    }
    view.finish(summary, directory: configuration.run.directory ?? "")
    if json {
      StandardStream.output.writeLine(TrainingReport.report(summary, unit: unit).line)
    }
    if let signal = Interruption.requested, summary.isStopped {
      throw ExitCode(signal.exitStatus.rawValue)
    }
  }
}
