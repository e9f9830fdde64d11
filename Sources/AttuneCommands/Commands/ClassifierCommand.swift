import ArgumentParser

/// `attune classifier`: what tells harmful texts from harmless ones.
struct ClassifierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classifier",
    abstract: "Train a classifier of texts on labels, measure it, and apply it.",
    subcommands: [
      ClassifierTrainCommand.self, ClassifierEvaluateCommand.self, ClassifierApplyCommand.self,
    ])
}
