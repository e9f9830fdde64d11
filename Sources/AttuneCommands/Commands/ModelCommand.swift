import ArgumentParser

/// `attune model`: model directories.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Make a small model, or look at one.",
    subcommands: [ModelNewCommand.self, ModelInspectCommand.self])
}
