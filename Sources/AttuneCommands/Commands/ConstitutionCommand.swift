import ArgumentParser

/// `attune constitution`: oversight by principles instead of labels.
struct ConstitutionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "constitution",
    abstract: "Criticise, revise and compare answers by written principles.",
    subcommands: [
      ConstitutionShowCommand.self, ConstitutionExplainCommand.self,
      ConstitutionReviseCommand.self, ConstitutionLabelCommand.self,
      ConstitutionCritiqueCommand.self,
    ])
}
