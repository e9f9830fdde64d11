internal import Synchronization

/// Observations, counted by size: one series of a ``MetricsRegistry``.
public final class MetricHistogram: Sendable {
  /// What was observed up to one moment.
  public struct Snapshot: Sendable, Hashable {
    /// Observations up to each bound, smaller ones included; last, all.
    public let cumulative: [Int]
    /// Their sum.
    public let sum: Double
  }

  private struct Contents {
    /// Observations above the bound before and up to this one; last, those above all.
    var counts: [Int]
    var sum = 0.0
  }

  /// The bounds, without +∞.
  public let bounds: [Double]
  private let contents: Mutex<Contents>

  init(bounds: [Double]) {
    self.bounds = bounds
    contents = Mutex(Contents(counts: Array(repeating: 0, count: bounds.count + 1)))
  }

  /// Adds an observation.
  ///
  /// - Parameter value: A number.
  public func observe(_ value: Double) {
    precondition(!value.isNaN, "an observation that is no number")
    // A dozen bounds or so: faster from the front than by halves, as most values are small.
    let place = bounds.firstIndex { value <= $0 } ?? bounds.count
    contents.withLock {
      $0.counts[place] += 1
      $0.sum += value
    }
  }

  /// What was observed so far, as of one moment.
  public var snapshot: Snapshot {
    let contents = contents.withLock { $0 }
    var total = 0
    let cumulative = contents.counts.map { count in
      total += count
      return total
    }
    return Snapshot(cumulative: cumulative, sum: contents.sum)
  }
}
