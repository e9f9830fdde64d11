internal import Synchronization

/// Whether a client takes what it is sent.
final class StreamProgress: Sendable {
  private let pendingSince = Mutex<ContinuousClock.Instant?>(nil)

  /// Sends something.
  @concurrent func pending(_ send: @concurrent () async throws -> Void) async throws {
    pendingSince.withLock { $0 = .now }
    defer { pendingSince.withLock { $0 = nil } }
    try await send()
  }

  /// How long what is being sent has waited.
  func pendingTime(at now: ContinuousClock.Instant) -> Duration {
    pendingSince.withLock { $0.map { now - $0 } ?? .zero }
  }
}
