import ArgumentParser
import Trainers
import TrainingConfiguration

/// `attune reward`: training a reward model.
struct RewardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reward",
    abstract: "Train a reward model on preference pairs and rankings.",
    discussion: """
      Reads a Hugging Face checkpoint and files of judged completions, and trains a model to give \
      preferred ones higher scores. A linear head is saved as a one-label sequence classifier that \
      transformers opens as it is. With --ensemble-size there are several heads on one backbone, or \
      several models. Ctrl-C finishes the step and saves a checkpoint; --resume goes on from it.
      """)

  @OptionGroup var settings: RewardSettings

  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume)
    if settings.configuration.prints(configuration) { return }
    let training = RewardTraining(
      configuration, existing: existingRun.choice, availableMemory: Machine().availableMemory)
    try TrainingSession(configuration: configuration, unit: "pairs", json: json).run(training.run)
  }
}
