internal import Synchronization

/// How often each key (an address, a person) may do something: a ``TokenBucket`` for each.
///
/// Memory is bounded: beyond `keys` buckets those that are full again are dropped, which changes
/// nothing, and if that is not enough those that are nearest to it.
public final class RateLimiter<Key: Hashable & Sendable>: Sendable {
  /// A moment of a clock that does not jump.
  public typealias Instant = TokenBucket.Instant

  /// Whether something may be done.
  public typealias Decision = TokenBucket.Decision

  private let full: TokenBucket
  private let keys: Int
  private let fullAt = Mutex<[Key: Instant]>([:])

  /// A limiter that has seen nobody.
  ///
  /// - Parameters:
  ///   - burst: How often at once, at least 1.
  ///   - interval: How long until once more.
  ///   - keys: The most buckets that are kept, at least 1.
  public init(burst: Int, interval: Duration, keys: Int = 10_000) {
    precondition(keys > 0, "\(keys) keys")
    full = TokenBucket(burst: burst, interval: interval)
    self.keys = keys
  }

  /// Takes a token, if there is one.
  ///
  /// - Parameters:
  ///   - key: Whose bucket.
  ///   - now: The moment of the act.
  /// - Returns: Whether it may be done.
  public func take(_ key: Key, at now: Instant = .now) -> Decision {
    fullAt.withLock { buckets in
      var bucket = full
      bucket.fullAt = buckets[key]
      let decision = bucket.take(at: now)
      if decision == .allowed {
        if buckets[key] == nil, buckets.count >= keys { makeRoom(&buckets, now) }
        buckets[key] = bucket.fullAt
      }
      return decision
    }
  }

  /// Takes a token, or refuses the request.
  ///
  /// - Parameters:
  ///   - key: Whose bucket.
  ///   - now: The moment of the act.
  /// - Throws: ``WebFailure`` with status 429 and `Retry-After`.
  public func check(_ key: Key, at now: Instant = .now) throws(WebFailure) {
    if case .wait(let seconds) = take(key, at: now) { throw .tooMany(retryAfter: seconds) }
  }

  /// Gives a token back, as when a password was right after all.
  ///
  /// - Parameter key: Whose bucket.
  public func giveBack(_ key: Key) {
    fullAt.withLock { buckets in
      if let moment = buckets[key] { buckets[key] = moment - full.interval }
    }
  }

  /// How many buckets are kept.
  public var count: Int { fullAt.withLock(\.count) }

  /// Drops full buckets, and at least a tenth, so that it is seldom done.
  private func makeRoom(_ buckets: inout [Key: Instant], _ now: Instant) {
    buckets = buckets.filter { $0.value > now }
    let room = keys - max(1, keys / 10)
    guard buckets.count > room else { return }
    let kept = buckets.sorted { $0.value > $1.value }.prefix(room)
    buckets = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
  }
}
