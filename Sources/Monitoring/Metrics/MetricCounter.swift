internal import Synchronization

/// A number that only grows: one series of a ``MetricsRegistry``.
public final class MetricCounter: Sendable {
  private let sum = Mutex(0.0)

  init() {}

  /// Adds to it.
  ///
  /// - Parameter amount: 0 or more.
  public func increment(by amount: Double = 1) {
    precondition(amount >= 0 && amount.isFinite, "a counter plus \(amount)")
    sum.withLock { $0 += amount }
  }

  /// What it has come to.
  public var value: Double { sum.withLock { $0 } }
}
