internal import Synchronization

/// Hands who waits the result that comes first, and drops the rest.
final class FirstResult<Value: Sendable>: Sendable {
  private enum State {
    case nothing
    case waiting(CheckedContinuation<Value, any Error>)
    case came(Result<Value, any Error>)
  }

  private let state = Mutex(State.nothing)

  /// Waits for a result, or for the task to be cancelled.
  ///
  /// - Parameter begin: Begins what makes the results.
  /// - Returns: The first.
  /// - Throws: The first, or `CancellationError`.
  func value(_ begin: () -> Void) async throws -> Value {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let result: Result<Value, any Error>? = state.withLock { state in
          if case .came(let result) = state { return result }
          state = .waiting(continuation)
          return nil
        }
        if let result { continuation.resume(with: result) } else { begin() }
      }
    } onCancel: {
      come(.failure(CancellationError()))
    }
  }

  /// Whether nobody needs another result.
  var hasCome: Bool {
    state.withLock { if case .came = $0 { true } else { false } }
  }

  /// Takes a result.
  func come(_ result: Result<Value, any Error>) {
    let waiting: CheckedContinuation<Value, any Error>? = state.withLock { state in
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
