import ArgumentParser

/// `attune monitor`: whether a model in use still does what it did.
struct MonitorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor",
    abstract: "Watch what a model answers: metrics, drift against a baseline, alerts.",
    subcommands: [
      MonitorReportCommand.self, MonitorWatchCommand.self, MonitorDashboardCommand.self,
    ])
}
