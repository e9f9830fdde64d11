import ArgumentParser

/// `attune plan`: what a training command would do, without doing it.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Tell what a training command would take: tokens, steps, memory and time.",
    discussion: """
      Put it before the training command and its arguments:

        attune plan dpo --model models/SmolLM2-135M --data pairs.jsonl --batch-size 16

      It reads and checks settings, data and the model's configuration as training does, and \
      writes nothing.
      """,
    subcommands: [
      PlanPretrainCommand.self, PlanSFTCommand.self, PlanRewardCommand.self, PlanDPOCommand.self,
      PlanKTOCommand.self,
    ])
}
