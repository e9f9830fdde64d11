import ArgumentParser
import ConfigurationFiles
import Foundation
import Pipelines
import Trainers
import TrainingConfiguration

/// What the commands that train on the small world have in common.
struct SmallWorldFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The same seed gives the same data, models and samples.", valueName: "number"))
  var seed: UInt64 = 0

  @Flag(help: "Show the report in the browser at the end.")
  var open = false

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    guard seed < 1_000_000 else {
      throw ValidationError("'--seed' is \(seed), but must be below 1000000.")
    }
  }

  /// Where a training run comes from.
  static func origin(_ settings: any MethodConfiguration) -> RunOrigin {
    RunOrigin(
      version: Attune.version, command: CommandLine.arguments, startedAt: Date(),
      configuration: settings.yaml)
  }

  /// Says where the report is, and shows it where that was asked for.
  func show(report page: String, environment: [String: String]) {
    StandardStream.error.writeLine("attune: the report is in \(page)")
    if open, let problem = PageOpening(environment: environment).open(page) {
      StandardStream.error.writeLine("attune: \(problem)")
    }
  }

  /// An error with the exit status that goes with it.
  static func failure(for error: any Error) -> any Error {
    if let signal = Interruption.requested {
      return Failure(signal.exitStatus, String(describing: error))
    }
    switch error {
    case let error as QuickstartError: return Failure(.usage, error.description)
    case let error as ExperimentError: return Failure(.usage, error.description)
    default: return error
    }
  }
}
