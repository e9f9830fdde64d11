import ArgumentParser

/// `attune sandbox`: a small world in which everything is known.
struct SandboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Make data of a small world in which everything is known, and judge by its truth.",
    subcommands: [SandboxGenerateCommand.self, SandboxJudgeCommand.self])
}
