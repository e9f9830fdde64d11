import ArgumentParser
import Monitoring
import RunRecords

/// `attune monitor dashboard`: what Grafana and Prometheus import.
struct MonitorDashboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Write the dashboard of a server for Grafana, and alert rules for Prometheus.")

  @Option(
    help: ArgumentHelp(
      "The dashboard to write; one that is there is replaced.", valueName: "file.json"))
  var out: String

  @Option(help: ArgumentHelp("Alert rules for Prometheus to write as well.", valueName: "file.yml"))
  var rulesOut: String?

  @Option(
    help: ArgumentHelp(
      "Alert rules of attune, of which those with above or below go into --rules-out.",
      valueName: "file.yaml"))
  var rules: String?

  func validate() throws {
    if rules != nil, rulesOut == nil { throw ValidationError("'--rules' is about '--rules-out'") }
  }

  func run() throws {
    let watch = try rules.map { try AlertWatch(file: $0) }
    try AtomicFile.write((GrafanaDashboard.server.json + "\n").utf8, to: out)
    StandardStream.error.writeLine("attune: the dashboard is in \(out)")
    if let rulesOut {
      try AtomicFile.write(PrometheusRules(watch?.rules ?? []).yaml.utf8, to: rulesOut)
      StandardStream.error.writeLine("attune: the rules are in \(rulesOut)")
    }
  }
}
