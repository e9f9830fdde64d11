import ArgumentParser
import ConfigurationFiles
import Foundation
import RunRecords
import Trainers
import TrainingConfiguration

/// `attune dpo`: direct preference optimization.
struct DPOCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dpo",
    abstract: "Train a model on preference pairs by direct preference optimization.",
    discussion: """
      Reads a Hugging Face checkpoint and files of preference pairs, trains the model to prefer \
      what people chose, and writes the trained model, its configuration and its metrics to the \
      run directory. Ctrl-C finishes the step and saves a checkpoint; --resume goes on from it.
      """)

  @OptionGroup var settings: DPOSettings

  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume)
    if settings.configuration.printConfig {
      StandardStream.output.write(configuration.yaml)
      return
    }
    let environment = ProcessInfo.processInfo.environment
    let training = PreferenceTraining(
      configuration,
      referenceCache: configuration.referenceCache
        ?? "\(CacheFolder(environment: environment).path)/reference",
      existing: existingRun.choice, availableMemory: Machine().availableMemory)
    let origin = RunOrigin(
      version: Attune.version, command: CommandLine.arguments, startedAt: Date(),
      configuration: configuration.yaml)
    let view = TrainingView(
      TerminalProgress(on: .error, environment: environment, plainEvery: 10), unit: "pairs")
    Interruption.listen()
    let summary: TrainingSummary
    do {
      summary = try training.run(origin) { event in
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
      StandardStream.output.writeLine(TrainingReport.report(summary, unit: "pairs").line)
    }
    if let signal = Interruption.requested, summary.isStopped {
      throw ExitCode(signal.exitStatus.rawValue)
    }
  }
}
