import Synchronization

/// Whether a server that is made of several parts is to stop: a signal has come, or one of them has failed.
final class StopCondition: Sendable {
  private let failed = Atomic(false)

  /// Says that a part has failed.
  func set() { failed.store(true, ordering: .relaxed) }

  /// Whether to stop.
  var isSet: Bool { failed.load(ordering: .relaxed) || Interruption.requested != nil }
}
