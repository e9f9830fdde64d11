import ArgumentParser
import Foundation
import Trainers
import TrainingConfiguration

/// `attune kto`: learning from completions that are judged one by one.
struct KTOCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kto",
    abstract: "Train a model on completions that are judged one by one: KTO, APO or BCO.",
    discussion: """
      Reads a Hugging Face checkpoint and files of completions with a label each, desirable or \
      not; preference pairs are taken apart into one of either kind. Writes the trained model, \
      its configuration and its metrics to the run directory. Ctrl-C finishes the step and saves \
      a checkpoint; --resume goes on from it.
      """)

  @OptionGroup var settings: KTOSettings

  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume)
    if settings.configuration.prints(configuration) { return }
    let environment = ProcessInfo.processInfo.environment
    let training = UnpairedTraining(
      configuration,
      referenceCache: configuration.referenceCache
        ?? "\(CacheFolder(environment: environment).path)/reference",
      existing: existingRun.choice, availableMemory: Machine().availableMemory)
    try TrainingSession(configuration: configuration, unit: "completions", json: json)
      .run(training.run)
  }
}
