public import Sampling
internal import Synchronization

/// A job under way, as the task sees it that waits for its tokens.
///
/// The engine puts tokens in and never waits; the task takes all that have come at once. For a task that is slow, because its
/// client is, the engine draws no more until it has taken what is there: it holds up nobody, and memory is bounded.
public final class Generation: Sendable {
  private struct State {
    var tokens: [SampledToken] = []
    var ending: Result<Void, any Error>?
    var isNudged = false
    var admitted: ContinuousClock.Instant?
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())
  private let onCancel: @Sendable () -> Void
  private let onCaughtUp: @Sendable () -> Void

  /// Tokens that are kept for a task that does not take them, at most (and those of one step more).
  private static let backlog = 256
  /// Tokens that are handed over at once, at most: what is made of them is several times as large.
  private static let portion = 32

  /// A job that has no tokens yet.
  ///
  /// - Parameters:
  ///   - onCancel: Tells the engine that nobody waits any more.
  ///   - onCaughtUp: Tells the engine that it may go on.
  init(
    onCancel: @escaping @Sendable () -> Void, onCaughtUp: @escaping @Sendable () -> Void
  ) {
    (self.onCancel, self.onCaughtUp) = (onCancel, onCaughtUp)
  }

  /// When its first sequence left the queue; `nil` while it waits.
  public var admitted: ContinuousClock.Instant? { state.withLock(\.admitted) }

  /// Tokens that wait to be taken.
  public var pending: Int { state.withLock(\.tokens.count) }

  /// The tokens that have come since the last call, in their order, so many at most; waits for one at least.
  ///
  /// - Returns: Tokens, whose `sequence` is the place in the job; none after a ``nudge()``; `nil` after the last.
  /// - Throws: What the engine could not do; `CancellationError` if the task is cancelled, which ends the job too.
  public func next() async throws -> [SampledToken]? {
    while true {
      let (tokens, ending, hasCaughtUp, isNudged) = state.withLock { state in
        let wasBehind = state.tokens.count >= Self.backlog
        let tokens = Array(state.tokens.prefix(Self.portion))
        state.tokens.removeFirst(tokens.count)
        defer { state.isNudged = false }
        return (
          tokens, state.ending, wasBehind && state.tokens.count < Self.backlog, state.isNudged
        )
      }
      if hasCaughtUp { onCaughtUp() }
      if !tokens.isEmpty { return tokens }
      if let ending {
        try ending.get()
        return nil
      }
      if isNudged { return [] }
      await withTaskCancellationHandler {
        await withCheckedContinuation { waiter in
          let isDue = state.withLock { state in
            if !state.tokens.isEmpty || state.ending != nil || state.isNudged { return true }
            state.waiter = waiter
            return false
          }
          if isDue { waiter.resume() }
        }
      } onCancel: {
        cancel()
      }
    }
  }

  /// Has who waits for tokens look up without any, once: there may be something else to do.
  public func nudge() {
    state.withLock { $0.isNudged = true }
    take()?.resume()
  }

  /// Ends the job: its sequences leave their places. Nothing happens where it has ended already.
  ///
  /// - Parameter error: What who waits is told.
  public func cancel(because error: any Error = CancellationError()) {
    guard state.withLock({ $0.ending == nil }) else { return }
    onCancel()
    end(.failure(error))
  }

  // MARK: What the engine does

  /// Whether as many tokens wait as may.
  var isBehind: Bool { state.withLock { $0.tokens.count >= Self.backlog } }

  func begin(at moment: ContinuousClock.Instant) {
    state.withLock { $0.admitted = $0.admitted ?? moment }
  }

  func deliver(_ token: SampledToken) {
    state.withLock { state in
      if state.ending == nil { state.tokens.append(token) }
    }
  }

  /// Wakes the task, if there are tokens for it.
  func wake() { take()?.resume() }

  func end(_ ending: Result<Void, any Error>) {
    state.withLock { $0.ending = $0.ending ?? ending }
    take()?.resume()
  }

  private func take() -> CheckedContinuation<Void, Never>? {
    state.withLock { state in
      defer { state.waiter = nil }
      return state.waiter
    }
  }
}
