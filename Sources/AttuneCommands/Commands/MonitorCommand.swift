import ArgumentParser

/// `attune monitor`: whether a model in use still does what it did.
struct MonitorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor",
    abstract: "Watch what a model answers: metrics, drift against a baseline, alerts.",
    discussion: """
      What 'attune serve --store served' answers stands in served/responses.jsonl. Keep the log of a time in \
      which all was in order as the baseline, and compare:

        attune monitor report --baseline last-month.jsonl \\
          --current served/responses.jsonl --out drift.html
        attune monitor watch --responses served/responses.jsonl \\
          --baseline last-month.jsonl
      """,
    subcommands: [
      MonitorReportCommand.self, MonitorWatchCommand.self, MonitorDashboardCommand.self,
    ])
}
