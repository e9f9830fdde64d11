import ArgumentParser
import Trainers
import TrainingConfiguration

/// `attune sft`: supervised fine-tuning.
struct SFTCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sft",
    abstract: "Train a model to answer as demonstrations do, by supervised fine-tuning.",
    discussion: """
      Reads a Hugging Face checkpoint and files of demonstrations or texts, and makes their \
      completions likely. Of preference pairs it takes the chosen side, of rankings the best \
      completion, of labelled completions the desirable ones. Writes the trained model, its \
      configuration and its metrics to the run directory. Ctrl-C finishes the step and saves a \
      checkpoint; --resume goes on from it.
      """)

  @OptionGroup var settings: SupervisedSettings

  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume)
    if settings.configuration.prints(configuration) { return }
    let training = SupervisedTraining(
      configuration, existing: existingRun.choice, availableMemory: Machine().availableMemory)
    try TrainingSession(configuration: configuration, unit: "rows", json: json).run(training.run)
  }
}
