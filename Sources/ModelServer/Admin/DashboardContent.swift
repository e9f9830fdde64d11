internal import Monitoring
internal import Reports

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A ``DashboardSnapshot`` as people read it: words and numbers by the names of the elements that show them.
///
/// The page is made of it, and the messages that renew the page are nothing else as JSON: a number is
/// written in one place.
struct DashboardContent: Encodable {
  struct Text: Encodable {
    var text: String
    var tone: String?
  }

  /// Lines over time.
  struct Chart: Encodable {
    struct Series: Encodable {
      var name: String
      /// Seconds before now, and the value.
      var points: [[Double]]
    }

    var series: [Series]
    /// What can be seen, for who cannot see it.
    var summary: String
  }

  private(set) var texts: [String: Text] = [:]
  private(set) var tables: [String: [[DashboardCell]]] = [:]
  private(set) var charts: [String: Chart] = [:]
  /// What can be asked of the canary.
  private(set) var commands: [String] = []

  init(_ snapshot: DashboardSnapshot) {
    let load = snapshot.load
    set("time", "as of \(Self.time(snapshot.time))")
    set("running", Self.count(load.running))
    set(
      "waiting", "\(Self.count(load.waiting)) wait for a place",
      load.waiting > 0 ? .caution : .plain)
    set("cache", NumberLabel.percent(load.cacheUsage, decimals: 0))
    set("tokens", Self.rate(load.tokensPerSecond))
    set("prompt-tokens", "beside \(Self.rate(load.promptTokensPerSecond)) of prompts")
    set("first-token", Self.seconds(load.firstToken?.median))
    set("first-token-95", "19 of 20 within \(Self.seconds(load.firstToken?.p95))")
    set("request", Self.seconds(load.request?.median))
    set("request-95", "19 of 20 within \(Self.seconds(load.request?.p95))")
    set("failed", NumberLabel.grouped(load.failed), load.failed > 0 ? .alarming : .good)
    set(
      "responses",
      "of \(NumberLabel.grouped(load.responses)) responses; \(NumberLabel.grouped(load.turnedAway)) turned away"
    )
    set(
      "alerts", NumberLabel.grouped(snapshot.alerts.count),
      snapshot.alerts.contains { $0.severity == .critical }
        ? .alarming : snapshot.alerts.isEmpty ? .good : .caution)
    addLoad(load)
    addCounts(snapshot)
    addAlignment(snapshot.alignment)
    if let canary = snapshot.canary { addCanary(canary) }
  }

  /// The content as a message, on one line.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("a dashboard has a number that JSON cannot say")
    }
    return String(decoding: data, as: UTF8.self)
  }

  private mutating func set(_ name: String, _ text: String, _ tone: ReportTone = .plain) {
    texts[name] = Text(text: text, tone: tone == .plain ? nil : tone.rawValue)
  }

  private mutating func addLoad(_ load: ServerLoad) {
    func points(_ value: (ServerLoad.Moment) -> Double?) -> [[Double]] {
      load.moments.compactMap { moment in
        value(moment).flatMap { $0.isFinite ? [moment.age, $0] : nil }
      }
    }
    let most = load.moments.map(\.tokensPerSecond).max() ?? 0
    charts["tokens-chart"] = Chart(
      series: [.init(name: "tokens a second", points: points(\.tokensPerSecond))],
      summary:
        "Now \(Self.rate(load.tokensPerSecond)) tokens a second, at most \(Self.rate(most)) in the last "
        + "minutes.")
    charts["first-token-chart"] = Chart(
      series: [
        .init(name: "median", points: points { $0.firstToken?.median }),
        .init(name: "19 of 20", points: points { $0.firstToken?.p95 }),
      ],
      summary:
        "Seconds to the first token: half within \(Self.seconds(load.firstToken?.median)), 19 of "
        + "20 within \(Self.seconds(load.firstToken?.p95)).")
    charts["requests-chart"] = Chart(
      series: [
        .init(name: "being answered", points: points(\.running)),
        .init(name: "waiting", points: points(\.waiting)),
      ],
      summary:
        "Being answered: \(Self.count(load.running)); waiting: \(Self.count(load.waiting))."
    )
  }

  private mutating func addCounts(_ snapshot: DashboardSnapshot) {
    func rows(_ counts: [DashboardSnapshot.Count]) -> [[DashboardCell]] {
      counts.map { count in
        // A metric beyond its limit of series has fewer names than columns, never more.
        (0..<2).map {
          DashboardCell(
            count.names.indices.contains($0) ? count.names[$0].replacing("_", with: " ") : "")
        } + [DashboardCell(NumberLabel.grouped(count.count))]
      }
    }
    tables["safety"] = rows(snapshot.safety)
    tables["feedback"] = rows(snapshot.feedback)
    tables["alert-list"] = snapshot.alerts.map { alert in
      let tone: ReportTone =
        switch alert.severity {
        case .info: .plain
        case .warning: .caution
        case .critical: .alarming
        }
      return [DashboardCell(Self.time(alert.since)), DashboardCell(alert.text, tone: tone)]
    }
  }

  private mutating func addAlignment(_ metrics: [DashboardSnapshot.Metric]) {
    tables["alignment"] = metrics.map { metric in
      func number(_ value: Double?) -> DashboardCell {
        DashboardCell(
          value.map { metric.isShare ? NumberLabel.percent($0) : NumberLabel.significant($0) }
            ?? NumberLabel.none)
      }
      var change = NumberLabel.none
      if let value = metric.value, let baseline = metric.baseline {
        // What sums of other orders leave of 0 is 0.
        let difference = value - baseline
        let isNoise = abs(difference) < 1e-9 * max(abs(value), abs(baseline))
        change = Self.change(isNoise ? 0 : difference, isShare: metric.isShare)
      }
      let tone: ReportTone =
        switch metric.drift {
        case .significant: .alarming
        case .moderate: .caution
        case .some(.none), nil: .plain
        }
      return [
        DashboardCell(metric.name.replacing("_", with: " ")), number(metric.value),
        number(metric.baseline),
        DashboardCell(change),
        DashboardCell(metric.drift?.rawValue ?? NumberLabel.none, tone: tone),
        DashboardCell(trend: metric.trend, reference: metric.baseline),
      ]
    }
  }

  private mutating func addCanary(_ canary: CanarySnapshot) {
    set(
      "phase", canary.phaseText,
      ["rolled_back", "stopped"].contains(canary.phase)
        ? .alarming : canary.phase == "promoted" ? .good : .plain)
    set("share", NumberLabel.percent(canary.share, decimals: 0))
    set(
      "answered",
      "\(NumberLabel.grouped(canary.requests.candidate)) by the candidate, "
        + "\(NumberLabel.grouped(canary.requests.control)) by the control")
    set(
      "step",
      canary.step.map {
        "\($0.number) of \($0.count): \(NumberLabel.grouped($0.requests)) of "
          + "\(NumberLabel.grouped($0.wantedRequests)) answers, \(Self.span($0.seconds)) of "
          + "\(Self.span($0.wantedSeconds))"
      } ?? NumberLabel.none)
    tables["guardrails"] = canary.evidence.map { evidence in
      // ln E may lie below 0, which is no evidence.
      let value = max(0, evidence.logEValue)
      let tone: ReportTone =
        evidence.isAlarming
        ? .alarming
        : value >= DashboardCell.highShare * evidence.limit ? .caution : .plain
      return [
        DashboardCell(evidence.guardrail.replacing("_", with: " ")),
        DashboardCell(
          meter: .init(value: value, limit: evidence.limit),
          text: NumberLabel.percent(value / evidence.limit, decimals: 0), tone: tone),
        DashboardCell(NumberLabel.fixed(evidence.logEValue, decimals: 2), tone: tone),
        DashboardCell(NumberLabel.fixed(evidence.limit, decimals: 2)),
        DashboardCell(NumberLabel.grouped(evidence.badEvents.candidate)),
        DashboardCell(NumberLabel.grouped(evidence.badEvents.control)),
      ]
    }
    tables["decisions"] = canary.decisions.map {
      [DashboardCell(Self.time($0.time)), DashboardCell($0.text)]
    }
    commands = canary.commands.map(\.rawValue)
  }

  /// `2027-01-15 08:00:05 UTC`
  private static func time(_ date: Date) -> String {
    date.ISO8601Format().replacing("T", with: " ").replacing("Z", with: " UTC")
  }

  private static func seconds(_ seconds: Double?) -> String {
    guard let seconds else { return NumberLabel.none }
    return seconds < 1
      ? "\(NumberLabel.fixed(1000 * seconds, decimals: 0)) ms"
      : "\(NumberLabel.significant(seconds)) s"
  }

  /// A gauge that counts; one that is not a number has none to show.
  private static func count(_ value: Double) -> String {
    value.isFinite && abs(value) < 1e15 ? NumberLabel.grouped(Int(value)) : NumberLabel.none
  }

  private static func rate(_ perSecond: Double) -> String {
    perSecond >= 1000 && perSecond < 1e12
      ? NumberLabel.grouped(Int(perSecond.rounded())) : NumberLabel.significant(perSecond)
  }

  /// A difference with its sign; that of shares in percentage points.
  private static func change(_ difference: Double, isShare: Bool) -> String {
    let sign = difference > 0 ? "+" : ""
    return isShare
      ? "\(sign)\(NumberLabel.fixed(100 * difference, decimals: 1))\u{A0}points"
      : sign + NumberLabel.significant(difference)
  }

  /// `1 h 5 min`
  private static func span(_ seconds: Double) -> String {
    let minutes = Int(min(seconds, 1e9) / 60)
    if minutes == 0 { return "\(Int(seconds)) s" }
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }
}
