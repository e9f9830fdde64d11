import ArgumentParser

/// `attune redteam`: what a model does when it is asked for harm.
struct RedTeamCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redteam",
    abstract: "Challenge a model with harmful prompts and their safe twins.",
    subcommands: [RedTeamRunCommand.self, RedTeamListCommand.self])
}
