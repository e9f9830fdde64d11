import ArgumentParser
import Trainers
import TrainingConfiguration

/// `attune ppo`.
struct PPOCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "ppo",
    abstract: "Train a policy on the rewards of its own completions: PPO.",
    discussion: """
      Samples completions of prompts from the model, asks what they are worth, and learns from that. \
      A value function says what each token leads to; advantages are estimated from it (GAE), and the policy moves within the clip range.

      What they are worth says any of --reward-model, --reward-program, --reward-endpoint, \
      --reward-rules and --reward-gold; several are added up. With --eval-prompts and a judge \
      (--judge-gold, --judge-model, --judge-program) the run is watched for reward hacking, and ends early \
      at its best model with --early-stopping-patience. Ctrl-C finishes the step and saves a checkpoint; \
      --resume goes on from it.
      """)

  @OptionGroup var settings: PPOSettings

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
