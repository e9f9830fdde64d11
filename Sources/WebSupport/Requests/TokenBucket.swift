/// A bucket that holds `burst` tokens, gains one every `interval`, and from which acts take some.
///
/// All that is kept is the moment t at which it will be full again. An act of c tokens at `now` is
/// allowed if
///
///     max(t, now) + c · interval − now ≤ burst · interval
///
/// and the left side, plus `now`, is the next t. That is the bucket exactly (it is known as GCRA, of
/// ATM Forum's UNI 3.1), without a timer.
public struct TokenBucket: Sendable, Hashable {
  /// A moment of a clock that does not jump.
  public typealias Instant = ContinuousClock.Instant

  /// Whether something may be done.
  public enum Decision: Sendable, Hashable {
    /// It may.
    case allowed
    /// Not before that many seconds are over, at least 1.
    case wait(seconds: Int)
  }

  /// The most tokens.
  public let burst: Int
  /// How long until one more.
  public let interval: Duration
  /// When it is full again, or was; `nil` where nothing was ever taken.
  var fullAt: Instant?

  /// A full bucket.
  ///
  /// - Parameters:
  ///   - burst: The most tokens, at least 1.
  ///   - interval: How long until one more.
  public init(burst: Int, interval: Duration) {
    precondition(burst > 0 && interval > .zero, "\(burst) each \(interval)")
    self.burst = burst
    self.interval = interval
  }

  /// A full bucket that gains its whole content in a minute.
  ///
  /// - Parameter tokens: The most tokens, at least 1 and below 10¹⁸.
  public init(perMinute tokens: Int) {
    self.init(burst: tokens, interval: .seconds(60) / tokens)
  }

  /// Takes tokens, if they are there; otherwise nothing changes.
  ///
  /// - Parameters:
  ///   - cost: How many, from 0 to ``burst``: more are never there.
  ///   - now: The moment of the act.
  /// - Returns: Whether it may be done.
  public mutating func take(_ cost: Int = 1, at now: Instant) -> Decision {
    precondition((0...burst).contains(cost), "\(cost) of \(burst) tokens")
    let next = max(fullAt ?? now, now) + interval * cost
    let excess = next - now - interval * burst
    guard excess <= .zero else { return .wait(seconds: excess.wholeSecondsUp) }
    fullAt = next
    return .allowed
  }

  /// Gives tokens back that were taken and not used.
  ///
  /// - Parameter tokens: How many, at least 0.
  public mutating func giveBack(_ tokens: Int = 1) {
    precondition(tokens >= 0, "\(tokens) tokens given back")
    if let moment = fullAt { fullAt = moment - interval * tokens }
  }

  /// How many whole tokens there are.
  ///
  /// - Parameter now: The moment.
  /// - Returns: From 0 to ``burst``.
  public func tokens(at now: Instant) -> Int {
    let room = (interval * burst - time(untilFullAt: now)).attoseconds / interval.attoseconds
    return Int(max(0, room))
  }

  /// How long it takes until it is full, if nothing more is taken.
  ///
  /// - Parameter now: The moment.
  /// - Returns: At least 0.
  public func time(untilFullAt now: Instant) -> Duration {
    fullAt.map { max(.zero, $0 - now) } ?? .zero
  }
}
