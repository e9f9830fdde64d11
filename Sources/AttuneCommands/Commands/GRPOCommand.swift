import ArgumentParser
import Trainers
import TrainingConfiguration

/// `attune grpo`.
struct GRPOCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "grpo",
    abstract: "Train a policy on the rewards of its own completions: GRPO and its kin.",
    discussion: """
      Samples completions of prompts from the model, asks what they are worth, and learns from that. \
      Each completion is compared with the others of its prompt; the KL from the reference, if beta is above 0, is part of the loss.

      What they are worth says any of --reward-model, --reward-program, --reward-endpoint, \
      --reward-rules and --reward-gold; several are added up. With --eval-prompts and a judge \
      (--judge-gold, --judge-model, --judge-program) the run is watched for reward hacking, and ends early \
      at its best model with --early-stopping-patience. Ctrl-C finishes the step and saves a checkpoint; \
      --resume goes on from it.
      """)

  @OptionGroup var settings: GRPOSettings

  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() async throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume)
    if settings.configuration.prints(configuration) { return }
    let training = OnPolicyTraining(
      configuration, rewards: try configuration.rewards(), existing: existingRun.choice,
      availableMemory: Machine().availableMemory)
    try await TrainingSession(
      configuration: configuration, unit: "completions", items: "prompts", json: json
    ).run(awaiting: training.run)
  }
}
