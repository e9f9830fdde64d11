import ArgumentParser

/// `attune evaluate`: what models are worth on data they have not seen.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measure models on held-out data.",
    subcommands: [EvaluateRewardCommand.self, EvaluatePerplexityCommand.self])
}
