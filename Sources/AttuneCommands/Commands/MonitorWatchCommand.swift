import ArgumentParser
import Endpoints
import Foundation
import Monitoring
import Pipelines
import PreferenceData

/// `attune monitor watch`: follows a log that grows, window by window.
struct MonitorWatchCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Follow a log that grows: a line a window, and alerts by rule.",
    discussion: """
      Each window of responses is compared with the baseline and makes a line. Alerts go to standard error, and to \
      --webhook as JSON. How far the log was read and where rules stand is kept in --state (beside the log, unless \
      said otherwise), so that a new start goes on there and does not alarm again within a cool-down.

      Without rules, a drift of behaviour alarms. Lines that cannot be read are told of and left out. A log that has \
      become shorter is read from its beginning. Ctrl-C leaves; with --once it ends with what is there, and with 2 if \
      something has alarmed.
      """)

  @Option(
    help: ArgumentHelp(
      "The log, an object a line, not compressed: responses.jsonl of a server's --store.",
      valueName: "file"))
  var responses: String

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Logs of the baseline.", valueName: "file"))
  var baseline: [String]

  @Option(help: ArgumentHelp("Alert rules as YAML.", valueName: "file.yaml"))
  var rules: String?

  @Option(help: ArgumentHelp("Responses in a window, at least 20.", valueName: "count"))
  var window = 500

  @Option(help: ArgumentHelp("Where alerts are posted as JSON.", valueName: "address"))
  var webhook: String?

  @Option(
    help: ArgumentHelp(
      "Where the state is kept (default: the log's name and .monitor).", valueName: "file"))
  var state: String?

  @OptionGroup var settings: DriftFlags

  @Flag(help: "End where the log ends.")
  var once = false

  func validate() throws {
    let least = DriftSettings().leastSample
    if window < least {
      throw ValidationError("'--window' is \(window), but must be at least \(least)")
    }
  }

  func run() async throws {
    let delivery = try AlertDelivery(webhook: webhook)
    let path = state ?? "\(responses).monitor"
    var kept = try WatchState(path: path)
    var watch =
      try rules.map { try AlertWatch(file: $0, states: kept.rules) }
      ?? AlertWatch(rules: AlertRule.usual, states: kept.rules)
    let before = try ObservedResponse.read(baseline)
    let frozen = AlignmentBaseline(
      before, measurer: ResponseMeasurer(comparing: before), settings: settings.settings)
    var follower = LogFollower(path: responses, position: kept.position)
    var holder = LiveWindow(baseline: frozen, capacity: window)
    var hasAlarmed = false
    Interruption.listen()
    StandardStream.output.writeLine(WindowLine.heading)
    while Interruption.requested == nil {
      guard let line = try follower.next() else {
        if once { break }
        try await Task.sleep(for: .milliseconds(200))
        continue
      }
      let row = ObservedResponse.read(line: line.bytes, at: line.source)
      for problem in row.problems { StandardStream.error.writeLine("attune: \(problem)") }
      for response in row.responses {
        holder.add(response)
        guard holder.isFull else { continue }
        let report = try holder.report()
        kept.windows += 1
        let alerts = watch.observe(holder.readings(with: report).withDrifts(of: report), at: Date())
        StandardStream.output.writeLine(
          WindowLine(number: kept.windows, report: report, values: holder.values).text)
        hasAlarmed = hasAlarmed || alerts.contains { $0.status == .firing }
        // Before they are delivered: an alert that cannot be is told of here, and not told twice.
        (kept.position, kept.rules) = (follower.position, watch.states)
        try kept.save(to: path)
        for alert in alerts { await delivery(alert) }
        holder = LiveWindow(baseline: frozen, capacity: window)
      }
    }
    if let signal = Interruption.requested { throw ExitCode(signal.exitStatus.rawValue) }
    if holder.total > 0 {
      StandardStream.error.writeLine(
        "attune: \(holder.total) responses wait for a window of \(window) to be full")
    }
    if hasAlarmed { throw ExitCode(ExitStatus.checkFailed.rawValue) }
  }
}
