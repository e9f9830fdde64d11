import ArgumentParser

/// `attune data`: what there is to do with data before anything is trained on it.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Look at data before training on it, and make it of feedback.",
    subcommands: [
      DataInspectCommand.self, DataValidateCommand.self, DataFeedbackCommand.self,
    ])
}
