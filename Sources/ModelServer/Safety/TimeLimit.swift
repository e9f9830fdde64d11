internal import Synchronization

/// Work that has only so much time.
///
/// The work is told to stop when its time is up, and nobody waits until it does: work that does not
/// listen cannot keep a request.
enum TimeLimit {
  /// What came first.
  enum Outcome: Sendable { case done, timeIsUp }

  /// Runs work until it is done, or its time is up.
  ///
  /// - Parameters:
  ///   - limit: Its time.
  ///   - clock: What time is measured by.
  ///   - work: The work; where it puts its results is its own affair.
  /// - Returns: What came first.
  /// - Throws: `CancellationError` where the caller is cancelled.
  static func run(
    _ limit: Duration, clock: any Clock<Duration>, _ work: @escaping @Sendable () async -> Void
  ) async throws -> Outcome {
    let first = First()
    let worker = Task {
      await work()
      first.come(.success(.done))
    }
    let timer = Task {
      // A timer that is cancelled is not needed any more.
      guard (try? await clock.sleep(for: limit)) != nil else { return }
      first.come(.success(.timeIsUp))
    }
    defer {
      worker.cancel()
      timer.cancel()
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { first.wait($0) }
    } onCancel: {
      first.come(.failure(CancellationError()))
    }
  }

  /// Hands on what comes first, and drops the rest.
  private final class First: Sendable {
    private enum State {
      case nothing
      case waiting(CheckedContinuation<Outcome, any Error>)
      case came(Result<Outcome, any Error>)
    }

    private let state = Mutex(State.nothing)

    func wait(_ continuation: CheckedContinuation<Outcome, any Error>) {
      let result: Result<Outcome, any Error>? = state.withLock { state in
        if case .came(let result) = state { return result }
        state = .waiting(continuation)
        return nil
      }
      if let result { continuation.resume(with: result) }
    }

    func come(_ result: Result<Outcome, any Error>) {
      let waiting: CheckedContinuation<Outcome, any Error>? = state.withLock { state in
        switch state {
        case .came: return nil
        case .nothing:
          state = .came(result)
          return nil
        case .waiting(let continuation):
          state = .came(result)
          return continuation
        }
      }
      waiting?.resume(with: result)
    }
  }
}
