import ArgumentParser
import Foundation
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
    if settings.configuration.prints(configuration) { return }
    let environment = ProcessInfo.processInfo.environment
    let training = PreferenceTraining(
      configuration,
      referenceCache: configuration.referenceCache
        ?? "\(CacheFolder(environment: environment).path)/reference",
      existing: existingRun.choice, availableMemory: Machine().availableMemory)
    try TrainingSession(configuration: configuration, unit: "pairs", json: json).run(training.run)
  }
}
