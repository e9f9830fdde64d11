internal import Monitoring

/// Counts answers by route and status.
struct ResponseTally: Sendable {
  let metrics: MetricsRegistry

  /// Counts an answer.
  ///
  /// - Parameters:
  ///   - status: The status, or 499 where the client has left.
  ///   - route: The route's pattern: what users send must not become a label.
  func count(_ status: Int, _ route: String?) {
    metrics.counter(.httpResponses, ["route": route ?? "none", "status": "\(status)"]).increment()
  }
}
