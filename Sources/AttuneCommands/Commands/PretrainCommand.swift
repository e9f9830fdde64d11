import ArgumentParser
import Trainers
import TrainingConfiguration

/// `attune pretrain`: next-token prediction on whole texts.
struct PretrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pretrain",
    abstract: "Train a model on whole texts, for instance from nothing, by next-token prediction.",
    discussion: """
      Reads a model, such as one that `attune model new` has made, and files of texts; of other \
      records, the prompt with its completion is the text. Each text stands between two \
      end-of-sequence tokens, long ones are split into blocks, and every token is predicted once. \
      Writes the trained model, its configuration and its metrics to the run directory. Ctrl-C \
      finishes the step and saves a checkpoint; --resume goes on from it.
      """)

  @OptionGroup var settings: PretrainingSettings

  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume)
    if settings.configuration.prints(configuration) { return }
    let training = SupervisedTraining(
      configuration, existing: existingRun.choice, availableMemory: Machine().availableMemory)
    try TrainingSession(configuration: configuration, unit: "blocks", json: json).run(training.run)
  }
}
