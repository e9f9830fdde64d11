internal import Synchronization

/// The place of a request under way among those of its key.
///
/// ``end(used:)`` gives the place back, and the tokens that were not used. A lease that is dropped
/// gives its place back too, and none of its tokens: nobody knows what was used.
public final class KeyLease: Sendable {
  /// What the key may still do beside this request, for the header of the answer.
  public let allowance: KeyAllowance

  private let limits: KeyLimits
  private let key: String
  private let reserved: Int
  private let isOver = Mutex(false)

  init(_ limits: KeyLimits, key: String, reserved: Int, allowance: KeyAllowance) {
    (self.limits, self.key) = (limits, key)
    (self.reserved, self.allowance) = (reserved, allowance)
  }

  deinit { end(used: reserved) }

  /// Ends the request; only the first call counts.
  ///
  /// - Parameter tokens: How many tokens it used, at least 0.
  public func end(used tokens: Int) {
    precondition(tokens >= 0, "\(tokens) tokens used")
    let isFirst = isOver.withLock { isOver in
      defer { isOver = true }
      return !isOver
    }
    if isFirst { limits.end(key: key, unused: max(0, reserved - tokens)) }
  }
}
