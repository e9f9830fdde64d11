import ArgumentParser

/// The command `attune`.
struct Attune: ParsableCommand {
  /// What `--version` prints and every run records.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "attune",
    abstract: "Turn human judgments into better-behaved language models.",
    discussion: """
      To see all of it in minutes, without a checkpoint and without data: attune quickstart. Else give \
      it a checkpoint in the Hugging Face layout and pairs of answers, of which somebody preferred one:

        attune data validate pairs.jsonl
        attune dpo --model models/SmolLM2-135M --data pairs.jsonl --out runs/first

      It works offline and without Python. Progress and errors go to standard error, results to \
      standard output.

      Exit status: 0 done, 1 failed, 2 a gate not passed, 64 wrong usage, 65 bad data, 130 or 143 interrupted.
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "All at once",
        subcommands: [QuickstartCommand.self, ExperimentCommand.self, StudioCommand.self]),
      CommandGroup(
        name: "Training",
        subcommands: [
          PretrainCommand.self, SFTCommand.self, RewardCommand.self, DPOCommand.self,
          KTOCommand.self, OnPolicyCommand<PPOFlags>.self, OnPolicyCommand<RLOOFlags>.self,
          OnPolicyCommand<GRPOFlags>.self, OnPolicyCommand<ReinforceFlags>.self, PlanCommand.self,
        ]),
      CommandGroup(
        name: "Models",
        subcommands: [
          ModelCommand.self, GenerateCommand.self, ChatCommand.self, ScoreCommand.self,
          EvaluateCommand.self, ReportCommand.self,
        ]),
      CommandGroup(
        name: "Oversight",
        subcommands: [
          ConstitutionCommand.self, RedTeamCommand.self, ClassifierCommand.self,
        ]),
      CommandGroup(
        name: "Data",
        subcommands: [
          DataCommand.self, AnnotateCommand.self, TokenizerCommand.self, SandboxCommand.self,
        ]),
      CommandGroup(
        name: "In use", subcommands: [ServeCommand.self, MonitorCommand.self, LoopCommand.self]),
      CommandGroup(name: "This machine", subcommands: [DoctorCommand.self]),
    ])

  /// Commands whose time goes into the engine's threads.
  static let tensorCommands: Set = [
    "quickstart", "pretrain", "sft", "reward", "dpo", "kto", "ppo", "rloo", "grpo", "reinforce",
    "plan", "score", "generate", "chat", "evaluate", "experiment", "constitution", "redteam",
    "classifier", "serve", "monitor", "loop", "studio", "doctor",
  ]
}
