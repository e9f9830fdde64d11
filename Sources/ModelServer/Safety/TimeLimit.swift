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
    let first = FirstResult<Outcome>()
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
    return try await first.value {}
  }
}
