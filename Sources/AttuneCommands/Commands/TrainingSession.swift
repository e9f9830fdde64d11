import ArgumentParser
import ConfigurationFiles
import Foundation
import Pipelines
import Trainers
import TrainingConfiguration

/// What every training command does around its training: where the run comes from, what the person
/// sees, what a signal does, and what is said at the end.
struct TrainingSession<Configuration: MethodConfiguration> {
  /// The resolved settings.
  let configuration: Configuration
  /// What a step is made of, in the plural: `pairs`.
  let unit: String
  /// What the data is made of, where that is something else: `prompts`.
  var items: String?
  /// Whether to end with one line of JSON on standard output.
  let json: Bool

  /// A whole run, told where it comes from and whom to tell what happens.
  typealias Training = (
    RunOrigin, (TrainingEvent) throws -> TrainingDisposition
  ) throws -> TrainingSummary

  /// The same for methods that wait for their rewards.
  typealias AsynchronousTraining = (
    RunOrigin, (TrainingEvent) throws -> TrainingDisposition
  ) async throws -> TrainingSummary

  /// Trains.
  ///
  /// - Parameter train: The run of a method, for instance that of `PreferenceTraining`.
  /// - Throws: What training throws; `ExitCode` if a signal stopped it.
  func run(_ train: Training) throws {
    let view = begin()
    let summary: TrainingSummary
    do {
      summary = try train(origin) { observe($0, view) }
    } catch {
      throw failure(for: error, view)
    }
    try end(summary, view)
  }

  /// Trains.
  ///
  /// - Parameter train: The run of a method, for instance that of `OnPolicyTraining`.
  /// - Throws: What training throws; `ExitCode` if a signal stopped it.
  func run(awaiting train: AsynchronousTraining) async throws {
    let view = begin()
    let summary: TrainingSummary
    do {
      summary = try await train(origin) { observe($0, view) }
    } catch {
      throw failure(for: error, view)
    }
    try end(summary, view)
  }

  private var origin: RunOrigin {
    RunOrigin(
      version: Attune.version, command: CommandLine.arguments, startedAt: Date(),
      configuration: configuration.yaml)
  }

  private func begin() -> TrainingView {
    let view = TrainingView(
      TerminalProgress(
        on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 10),
      unit: unit, items: items)
    Interruption.listen()
    return view
  }

  private func observe(_ event: TrainingEvent, _ view: TrainingView) -> TrainingDisposition {
    view.show(event)
    return Interruption.requested == nil ? .proceed : .stop
  }

  private func failure(for error: any Error, _ view: TrainingView) -> any Error {
    view.clear()
    // What was logged before it failed may say why.
    if view.hasLogged { writeReport(view) }
    guard let signal = Interruption.requested else { return error }
    return Failure(signal.exitStatus, String(describing: error))
  }

  private func writeReport(_ view: TrainingView) {
    guard let directory = configuration.run.directory else { return }
    for sentence in RunReportFile.write(in: directory) { view.note(sentence) }
  }

  private func end(_ summary: TrainingSummary, _ view: TrainingView) throws {
    view.finish(summary, directory: configuration.run.directory ?? "")
    writeReport(view)
    if json {
      StandardStream.output.writeLine(TrainingReport.report(summary, unit: unit).line)
    }
    if let signal = Interruption.requested, summary.isStopped {
      throw ExitCode(signal.exitStatus.rawValue)
    }
  }
}
