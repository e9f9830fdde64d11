public import Monitoring

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What the metrics of a server were in the last minutes, from which its load is told.
///
///     var history = LoadHistory()
///     history.observe(registry, at: now)            // every few seconds
///     history.load                                  // what a DashboardSnapshot shows
public struct LoadHistory: Sendable {
  private struct Sample: Sendable {
    let time: Date
    let running, waiting, cacheUsage, promptTokens, tokens: Double
    let firstToken, request: MetricHistogram.Snapshot?
    /// By status.
    let responses: [String: Double]
  }

  /// Over how many seconds rates are told.
  public static let window = 30.0
  private let limit: Int
  private var samples: [Sample] = []

  /// A history without observations.
  ///
  /// - Parameter limit: How many observations are kept, at least 2; of every two seconds, 150 are five
  ///   minutes.
  public init(limit: Int = 150) {
    precondition(limit >= 2, "\(limit) observations are no history")
    self.limit = limit
  }

  /// Looks at the metrics.
  ///
  /// - Parameters:
  ///   - registry: The metrics of the server.
  ///   - time: The present moment; one that is not after the last is passed over.
  public mutating func observe(_ registry: MetricsRegistry, at time: Date) {
    if let last = samples.last, time <= last.time { return }
    func sum(_ name: ServerMetricName) -> Double { registry.values(of: name).values.reduce(0, +) }
    func histogram(_ name: ServerMetricName) -> MetricHistogram.Snapshot? {
      let all = registry.snapshots(of: name).values
      return all.dropFirst().reduce(all.first) { $0?.adding($1) }
    }
    let statusPlace = ServerMetricName.httpResponses.labels.firstIndex(of: "status") ?? 0
    samples.append(
      Sample(
        time: time, running: sum(.requestsRunning), waiting: sum(.requestsWaiting),
        cacheUsage: registry.values(of: .cacheUsage).values.max() ?? 0,
        promptTokens: sum(.promptTokens), tokens: sum(.generationTokens),
        firstToken: histogram(.timeToFirstToken), request: histogram(.requestLatency),
        responses: registry.values(of: .httpResponses).reduce(into: [:]) {
          $0[$1.key[statusPlace], default: 0] += $1.value
        }))
    if samples.count > limit { samples.removeFirst(samples.count - limit) }
  }

  /// The load as of the last observation.
  public var load: ServerLoad {
    var load = ServerLoad()
    guard let now = samples.last else { return load }
    // The first observation that is not older than the window, or the one before where that is alone.
    let recent = samples.firstIndex { now.time.timeIntervalSince($0.time) <= Self.window }
    let start = samples[min(recent ?? 0, max(0, samples.count - 2))]
    (load.running, load.waiting, load.cacheUsage) = (now.running, now.waiting, now.cacheUsage)
    let seconds = now.time.timeIntervalSince(start.time)
    if seconds > 0 {
      load.tokensPerSecond = (now.tokens - start.tokens) / seconds
      load.promptTokensPerSecond = (now.promptTokens - start.promptTokens) / seconds
    }
    load.firstToken = Self.times(
      .timeToFirstToken, now.firstToken, since: start.firstToken, orAll: true)
    load.request = Self.times(.requestLatency, now.request, since: start.request, orAll: true)
    func responses(_ isMeant: (Int) -> Bool) -> Int {
      now.responses.reduce(0) { sum, entry in
        isMeant(Int(entry.key) ?? 0) ? sum + Int(entry.value) : sum
      }
    }
    load.responses = responses { _ in true }
    load.turnedAway = responses { $0 == 429 || $0 == 503 }
    load.failed = responses { $0 >= 500 && $0 != 503 }
    load.moments = zip(samples, samples.dropFirst()).map { before, sample in
      ServerLoad.Moment(
        age: now.time.timeIntervalSince(sample.time), running: sample.running,
        waiting: sample.waiting,
        tokensPerSecond: (sample.tokens - before.tokens)
          / sample.time.timeIntervalSince(before.time),
        firstToken: Self.times(
          .timeToFirstToken, sample.firstToken, since: before.firstToken, orAll: false))
    }
    return load
  }

  /// The times that were observed between two moments; of all there were, where there was none between.
  private static func times(
    _ name: ServerMetricName, _ now: MetricHistogram.Snapshot?,
    since start: MetricHistogram.Snapshot?, orAll: Bool
  ) -> ServerLoad.Times? {
    guard let now, case .histogram(let bounds) = name.kind else { return nil }
    let part = start.map { now.subtracting($0) } ?? now
    let shown = part.cumulative.last == 0 && orAll ? now : part
    guard let median = shown.quantile(0.5, bounds: bounds),
      let p95 = shown.quantile(0.95, bounds: bounds)
    else { return nil }
    return ServerLoad.Times(median: median, p95: p95)
  }
}
