internal import Synchronization

/// Whether a client takes what it is sent, and when it was sent something last.
final class StreamProgress: Sendable {
  private enum State {
    case pending(since: ContinuousClock.Instant)
    case silent(since: ContinuousClock.Instant)
  }

  private let state = Mutex(State.silent(since: .now))

  /// Sends something.
  @concurrent func pending(_ send: @concurrent () async throws -> Void) async throws {
    state.withLock { $0 = .pending(since: .now) }
    defer { state.withLock { $0 = .silent(since: .now) } }
    try await send()
  }

  /// How long what is being sent has waited.
  func pendingTime(at now: ContinuousClock.Instant) -> Duration {
    if case .pending(let start) = state.withLock(\.self) { now - start } else { .zero }
  }

  /// How long nothing has been sent.
  func silentTime(at now: ContinuousClock.Instant) -> Duration {
    if case .silent(let start) = state.withLock(\.self) { now - start } else { .zero }
  }
}
