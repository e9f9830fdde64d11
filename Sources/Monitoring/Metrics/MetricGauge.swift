internal import Synchronization

/// A number that goes up and down: one series of a ``MetricsRegistry``.
public final class MetricGauge: Sendable {
  private let current = Mutex(0.0)

  init() {}

  /// Says what it is now.
  ///
  /// - Parameter value: Any number; NaN where there is none.
  public func set(to value: Double) { current.withLock { $0 = value } }

  /// Adds to it.
  ///
  /// - Parameter amount: May be negative.
  public func add(_ amount: Double) { current.withLock { $0 += amount } }

  /// What it is now.
  public var value: Double { current.withLock { $0 } }
}
