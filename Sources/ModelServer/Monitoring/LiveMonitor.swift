public import Foundation
public import Monitoring
internal import NIOPosix
public import Pipelines
internal import Synchronization

/// Watches the answers of a server against a frozen baseline: metrics, drift, alerts.
///
///     let monitor = try LiveMonitor(baseline, rules: rules, window: 500, metrics: metrics) { alert in log(alert) }
///     monitor.add(response)                    // as each is given: cheap
///     await monitor.tick(at: now)              // now and then: measures, and tests once a window
///
/// Metrics are those of the latest window. Tests are made each time that a window has come in, on a thread of their own, and
/// hold until the next.
public final class LiveMonitor: Sendable {
  private struct State {
    var window: LiveWindow
    var watch: AlertWatch
    var fresh: [ObservedResponse] = []
    /// The latest tests, and how many responses there had been.
    var report: DriftReport?
    var tested = 0
    var isTicking = false
    var trends: [String: [Double]] = [:]
    var firing: [String: Alert] = [:]
  }

  private let state: Mutex<State>
  private let metrics: MetricsRegistry
  private let onAlert: @Sendable (Alert) async -> Void

  /// Values of a trend, at most.
  private static let trendLength = 60
  /// Answers that wait to be measured, at most: the newest are as good as all.
  private static let mostFresh = 2_000

  /// A monitor that has seen nothing.
  ///
  /// - Parameters:
  ///   - baseline: What answers are compared with.
  ///   - rules: What is alarming, of different names.
  ///   - window: How many answers are looked at together.
  ///   - metrics: The metrics of the server.
  ///   - onAlert: Told of each alert, and of its end.
  /// - Throws: `AlertRuleError` for rules that cannot be followed.
  public init(
    _ baseline: AlignmentBaseline, rules: [AlertRule], window: Int, metrics: MetricsRegistry,
    onAlert: @escaping @Sendable (Alert) async -> Void
  ) throws(AlertRuleError) {
    state = Mutex(
      State(
        window: LiveWindow(baseline: baseline, capacity: window),
        watch: try AlertWatch(rules: rules)))
    (self.metrics, self.onAlert) = (metrics, onAlert)
  }

  /// Takes in an answer.
  ///
  /// - Parameter response: The answer.
  public func add(_ response: ObservedResponse) {
    state.withLock { state in
      if state.fresh.count < Self.mostFresh { state.fresh.append(response) }
    }
  }

  /// Measures what has come, and looks whether something is alarming.
  ///
  /// - Parameter time: The present moment.
  public func tick(at time: Date) async {
    let work = state.withLock { state -> (LiveWindow, [ObservedResponse], Bool)? in
      guard !state.isTicking, !state.fresh.isEmpty else { return nil }
      state.isTicking = true
      defer { state.fresh = [] }
      let next = state.window.total + state.fresh.count
      let isDue = next >= state.window.capacity && next - state.tested >= state.window.capacity
      return (state.window, state.fresh, isDue)
    }
    guard let (before, fresh, isDue) = work else { return }
    // Measuring reads texts, and tests take seconds: neither belongs on the threads of the requests.
    let measured = try? await NIOThreadPool.singleton.runIfActive {
      var window = before
      for response in fresh { window.add(response) }
      return (window, isDue ? try? window.report() : nil)
    }
    let alerts = state.withLock { state -> [Alert] in
      state.isTicking = false
      guard let (window, report) = measured else { return [] }
      state.window = window
      // Tests that cannot be made of these answers are made of the next ones, not of these again.
      if isDue { state.tested = window.total }
      if let report { state.report = report }
      var readings = window.readings(with: state.report)
      if let report = state.report { readings = readings.withDrifts(of: report) }
      for (name, value) in window.values {
        state.trends[name, default: []].append(value)
        if state.trends[name, default: []].count > Self.trendLength {
          state.trends[name]?.removeFirst()
        }
      }
      let alerts = state.watch.observe(readings, at: time)
      for alert in alerts {
        state.firing[alert.rule.name] = alert.status == .firing ? alert : nil
      }
      return alerts
    }
    for (name, value) in snapshotValues() {
      metrics.gauge(.alignment, ["metric": name]).set(to: value)
    }
    let firing = state.withLock { Array($0.firing.values) }
    for severity in AlertRule.Severity.allCases {
      metrics.gauge(.alertsFiring, ["severity": severity.rawValue])
        .set(to: Double(firing.count { $0.rule.severity == severity }))
    }
    for alert in alerts { await onAlert(alert) }
  }

  private func snapshotValues() -> [String: Double] { state.withLock { $0.window.values } }

  /// The metrics beside the baseline, for the dashboard.
  var alignment: [DashboardSnapshot.Metric] {
    state.withLock { state in
      let readings = state.window.readings(with: state.report)
      return ResponseColumn.allCases.compactMap { column in
        guard let reading = readings[column.metric], reading.value != nil else { return nil }
        return DashboardSnapshot.Metric(
          column.title, value: reading.value, baseline: reading.baseline,
          isShare: column.isShare, drift: reading.drift, trend: state.trends[column.metric] ?? [])
      }
    }
  }

  /// What is alarming now, for the dashboard.
  var alerts: [DashboardSnapshot.FiringAlert] {
    state.withLock { state in
      state.firing.values.sorted { $0.since < $1.since }.map { DashboardSnapshot.FiringAlert($0) }
    }
  }
}
