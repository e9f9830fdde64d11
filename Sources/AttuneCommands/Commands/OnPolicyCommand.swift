import ArgumentParser
import Trainers
import TrainingConfiguration

/// `attune ppo`, `rloo`, `grpo` and `reinforce`: learning from the rewards of one's own completions.
struct OnPolicyCommand<Flags: OnPolicyFlags>: AsynchronousCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Flags.verb,
      abstract: "Train a policy on the rewards of its own completions: \(Flags.method).",
      discussion: """
        Samples completions of prompts from the model, asks what they are worth, and learns from that. \
        \(Flags.comparison)

        What they are worth says any of --reward-model, --reward-program, --reward-endpoint, \
        --reward-rules and --reward-gold; several are added up. With --eval-prompts and a judge \
        (--judge-gold, --judge-model, --judge-program) the run is watched for reward hacking, and ends early \
        at its best model with --early-stopping-patience. Ctrl-C finishes the step and saves a checkpoint; \
        --resume goes on from it.
        """)
  }

  @OptionGroup var settings: OnPolicySettings<Flags>

  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() async throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume)
    if settings.configuration.prints(configuration) { return }
    let training = OnPolicyTraining(
      Flags.learner(configuration), rewards: try configuration.rewards(),
      existing: existingRun.choice, availableMemory: Machine().availableMemory)
    try await TrainingSession(
      configuration: configuration, unit: "completions", items: "prompts", json: json
    ).run(awaiting: training.run)
  }
}
