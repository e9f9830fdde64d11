import ArgumentParser

/// `attune data`: what there is to do with data before anything is trained on it.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Look at data before training on it.",
    subcommands: [
      DataInspectCommand.self, DataValidateCommand.self, DataFeedbackCommand.self,
    ])
}
