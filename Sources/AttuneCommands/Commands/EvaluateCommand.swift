import ArgumentParser

/// `attune evaluate`: what models are worth on data they have not seen, and what became of runs.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure models on held-out data, and runs by their records.",
    subcommands: [
      EvaluateCompareCommand.self, EvaluateRewardCommand.self, EvaluatePerplexityCommand.self,
      EvaluateHackingCommand.self, EvaluateSafetyCommand.self, EvaluateGateCommand.self,
    ])
}
