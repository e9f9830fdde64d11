internal import Synchronization
internal import WebSupport

/// Holds each key to its limits: requests in a minute, tokens in a minute, requests at once.
///
/// A request is let in with the most tokens that it may use, which are reserved; what it did not use
/// is given back at its end. So a key never uses more than its limit, however many of its requests
/// run at once. Both limits of a minute are buckets that refill steadily: see `TokenBucket`.
public final class KeyLimits: Sendable {
  /// A moment of a clock that does not jump.
  public typealias Instant = ContinuousClock.Instant

  /// What a limit may be.
  public static let range = 1...1_000_000_000

  private struct State {
    var requests: TokenBucket?
    var tokens: TokenBucket?
    var running = 0

    /// Takes over limits that have changed.
    mutating func follow(_ record: KeyRecord) {
      if requests?.burst != record.requestsPerMinute {
        requests = record.requestsPerMinute.map { TokenBucket(perMinute: $0) }
      }
      if tokens?.burst != record.tokensPerMinute {
        tokens = record.tokensPerMinute.map { TokenBucket(perMinute: $0) }
      }
    }

    func allowance(at now: Instant) -> KeyAllowance {
      KeyAllowance(requests: requests?.meter(at: now), tokens: tokens?.meter(at: now))
    }
  }

  private let states = Mutex<[String: State]>([:])

  /// Limits of keys of which none was used yet.
  public init() {}

  /// Lets a request in, or says when to try again. Who is refused pays nothing.
  ///
  /// - Parameters:
  ///   - record: Whose request it is.
  ///   - cost: The most tokens that it may use: those of the prompt, and for each completion the most
  ///     that it may have.
  ///   - now: This moment.
  /// - Returns: The place of the request, which its end gives back.
  /// - Throws: ``RequestProblem`` with status 429, `Retry-After` and the headers of the allowance; 400
  ///   where the key may never use so many tokens.
  public func admit(
    _ record: KeyRecord, tokens cost: Int, at now: Instant
  ) throws(RequestProblem) -> KeyLease {
    precondition(cost >= 0, "a request of \(cost) tokens")
    let allowance = try states.withLock { states throws(RequestProblem) in
      let state = try Self.state(states[record.name], admitting: cost, of: record, at: now)
      states[record.name] = state
      return state.allowance(at: now)
    }
    return KeyLease(self, key: record.name, reserved: cost, allowance: allowance)
  }

  /// Refuses at once whom any request would be refused, before its body is read and made tokens of.
  ///
  /// - Parameters:
  ///   - record: Whose request it is.
  ///   - now: This moment.
  /// - Throws: ``RequestProblem`` as ``admit(_:tokens:at:)`` does.
  public func check(_ record: KeyRecord, at now: Instant) throws(RequestProblem) {
    _ = try states.withLock { states throws(RequestProblem) in
      try Self.state(states[record.name], admitting: 0, of: record, at: now)
    }
  }

  /// What a key may still do.
  ///
  /// - Parameters:
  ///   - record: The key.
  ///   - now: This moment.
  /// - Returns: Its allowance.
  public func allowance(of record: KeyRecord, at now: Instant) -> KeyAllowance {
    states.withLock { states in
      var state = states[record.name] ?? State()
      state.follow(record)
      return state.allowance(at: now)
    }
  }

  /// How many requests of a key are under way.
  ///
  /// - Parameter name: The key's name.
  /// - Returns: At least 0.
  public func runningRequests(of name: String) -> Int {
    states.withLock { $0[name]?.running ?? 0 }
  }

  /// Ends a request.
  func end(key: String, unused: Int) {
    states.withLock { states in
      states[key]?.running -= 1
      states[key]?.tokens?.giveBack(unused)
    }
  }

  /// A key's state with one more request.
  private static func state(
    _ before: State?, admitting cost: Int, of record: KeyRecord, at now: Instant
  ) throws(RequestProblem) -> State {
    var state = before ?? State()
    state.follow(record)
    do throws(RequestProblem) {
      try take(cost, from: &state, record, at: now)
    } catch {
      var problem = error
      problem.headers.append(contentsOf: state.allowance(at: now).headers)
      throw problem
    }
    return state
  }

  private static func take(
    _ cost: Int, from state: inout State, _ record: KeyRecord, at now: Instant
  ) throws(RequestProblem) {
    if let limit = record.concurrentRequests, state.running >= limit {
      throw .limitReached(
        limit == 1 ? "request at once" : "requests at once", limit: limit, retryAfter: 1)
    }
    if let limit = record.tokensPerMinute, cost > limit {
      throw .beyondTokenLimit(cost: cost, limit: limit)
    }
    if let limit = record.requestsPerMinute,
      case .wait(let seconds)? = state.requests?.take(at: now)
    {
      throw .limitReached(
        limit == 1 ? "request in a minute" : "requests in a minute", limit: limit,
        retryAfter: seconds)
    }
    if let limit = record.tokensPerMinute,
      case .wait(let seconds)? = state.tokens?.take(cost, at: now)
    {
      state.requests?.giveBack()
      throw .limitReached("tokens in a minute", limit: limit, retryAfter: seconds)
    }
    state.running += 1
  }
}

extension TokenBucket {
  fileprivate func meter(at now: Instant) -> KeyAllowance.Meter {
    KeyAllowance.Meter(
      limit: burst, remaining: tokens(at: now), reset: time(untilFullAt: now))
  }
}
