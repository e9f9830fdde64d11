#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How often a request is sent again, and after what waits.
///
/// After the k-th failure the wait is min(longest, first · 2ᵏ⁻¹) · (1 + u)/2 with u uniform in
/// [0, 1): exponential, and scattered, so that many clients do not come back at once. A server that
/// says when to come back (`Retry-After`, in seconds) is not asked sooner.
public struct RetryPolicy: Sendable {
  /// How often a request is sent at most, at least 1.
  public var attempts: Int
  /// The wait after the first failure, before it is scattered.
  public var firstWait: Duration
  /// No wait is longer; a server that asks for a longer one is given up.
  public var longestWait: Duration
  /// A number from 0 to below 1, each time another.
  public var random: @Sendable () -> Double
  /// Waits.
  public var sleep: @Sendable (Duration) async throws -> Void

  /// A policy.
  ///
  /// - Parameters:
  ///   - attempts: How often a request is sent at most, at least 1.
  ///   - firstWait: The wait after the first failure, before it is scattered.
  ///   - longestWait: No wait is longer.
  ///   - random: A number from 0 to below 1, each time another.
  ///   - sleep: Waits.
  public init(
    attempts: Int = 4, firstWait: Duration = .seconds(1), longestWait: Duration = .seconds(60),
    random: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    precondition(attempts > 0, "\(attempts) attempts")
    precondition(firstWait >= .zero && longestWait >= firstWait, "waits of \(firstWait)")
    self.attempts = attempts
    self.firstWait = firstWait
    self.longestWait = longestWait
    self.random = random
    self.sleep = sleep
  }

  /// The wait after a failure.
  ///
  /// - Parameters:
  ///   - failures: How often it has failed, at least 1.
  ///   - asked: What the server asked for, if anything.
  /// - Returns: `nil` where there is no use in waiting.
  func wait(after failures: Int, asked: Duration?) -> Duration? {
    guard failures < attempts, asked ?? .zero <= longestWait else { return nil }
    let exponential = min(longestWait, firstWait * exp2(Double(min(failures, 60) - 1)))
    return max(exponential * ((1 + random()) / 2), asked ?? .zero)
  }
}
