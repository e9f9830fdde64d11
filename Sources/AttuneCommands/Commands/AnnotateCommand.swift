import ArgumentParser

/// `attune annotate`: collecting judgments from people.
struct AnnotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotate",
    abstract: "Collect judgments from people, and see what they are worth.",
    discussion: """
      attune annotate new project.sqlite --guidelines guide.md --criteria helpfulness,honesty
      attune annotate import project.sqlite --data responses.jsonl
      attune annotate invite project.sqlite --role administrator
      attune annotate serve project.sqlite
      attune annotate export project.sqlite --out pairs.jsonl
      """,
    subcommands: [
      AnnotateNewCommand.self, AnnotateImportCommand.self, AnnotateInviteCommand.self,
      AnnotateServeCommand.self, AnnotateProgressCommand.self, AnnotateAgreementCommand.self,
      AnnotateReviewCommand.self, AnnotateExportCommand.self, AnnotateAuditCommand.self,
      AnnotateChangeCommand.self, AnnotateSimulateCommand.self,
    ])
}
