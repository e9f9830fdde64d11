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
      something has alarmed. With --feedback, ratings that were given until a window is full are looked up by the ids
      of the log.
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

  @OptionGroup var feedback: FeedbackFlags

  @OptionGroup var settings: DriftFlags

  @Flag(help: "End where the log ends.")
  var once = false

  func validate() throws {
    let least = DriftSettings().leastSample
    if window < least {
      throw ValidationError("'--window' is \(window), but must be at least \(least)")
    }
    if responses.lowercased().hasSuffix(".gz") {
      throw ValidationError(
        "'--responses' is '\(responses)', which cannot be followed; give the file before it is compressed"
      )
    }
  }

  func run() async throws {
    let delivery = try AlertDelivery(webhook: webhook)
    let path = state ?? "\(responses).monitor"
    var kept = try WatchState(path: path)
    var watch =
      try rules.map { try AlertWatch(file: $0, states: kept.rules) }
      ?? AlertWatch(rules: AlertRule.usual, states: kept.rules)
    let stores = try feedback.open()
    var before = try ObservedResponse.read(baseline)
    if let note = try stores.add(to: &before, of: "the baseline") { Self.tell(note) }
    if !FileManager.default.fileExists(atPath: responses) {
      if once { throw DataError.missingFile(path: responses) }
      Self.tell("\(responses) is not there yet, and is waited for")
    }
    let frozen = AlignmentBaseline(
      before, measurer: ResponseMeasurer(comparing: before), settings: settings.settings)
    var follower = LogFollower(path: responses, position: kept.position)
    var held: [ObservedResponse] = []
    var unread = Set(watch.rules)
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
      for problem in row.problems { Self.tell("\(problem)") }
      for response in row.responses {
        held.append(response)
        guard held.count == window else { continue }
        let note = try stores.add(to: &held, of: "the window")
        var full = LiveWindow(baseline: frozen, capacity: window)
        for response in held { full.add(response) }
        held = []
        let report = try full.report()
        kept.windows += 1
        StandardStream.output.writeLine(
          WindowLine(number: kept.windows, report: report, values: full.values).text)
        for sentence in [note].compactMap(\.self) + report.untested.map(\.sentence) {
          Self.tell(sentence)
        }
        let readings = full.readings(with: report).withDrifts(of: report)
        for rule in watch.rules where readings[rule.metric] == nil {
          if unread.remove(rule) != nil { Self.tell(rule.isUnread) }
        }
        let alerts = watch.observe(readings, at: Date())
        hasAlarmed = hasAlarmed || alerts.contains { $0.status == .firing }
        // Before they are delivered: an alert that cannot be is told of here, and not told twice.
        (kept.position, kept.rules) = (follower.position, watch.states)
        try kept.save(to: path)
        for alert in alerts { await delivery(alert) }
      }
    }
    if let signal = Interruption.requested { throw ExitCode(signal.exitStatus.rawValue) }
    if !held.isEmpty {
      Self.tell("\(held.count) responses wait for a window of \(window) to be full")
    }
    if hasAlarmed { throw ExitCode(ExitStatus.checkFailed.rawValue) }
  }

  private static func tell(_ sentence: String) {
    StandardStream.error.writeLine("attune: \(sentence)")
  }
}
