public import HTTPTypes

/// What a key may still do, as the headers say that OpenAI's clients know.
public struct KeyAllowance: Sendable, Hashable {
  /// What is left of a limit.
  public struct Meter: Sendable, Hashable {
    /// The limit.
    public let limit: Int
    /// What is left of it.
    public let remaining: Int
    /// How long until all of it is there again.
    public let reset: Duration
  }

  /// Requests in a minute; `nil` where there is no limit.
  public let requests: Meter?
  /// Tokens in a minute; `nil` where there is no limit. What is reserved for requests under way is
  /// not left.
  public let tokens: Meter?

  /// `x-ratelimit-limit-requests`, `x-ratelimit-remaining-requests`, `x-ratelimit-reset-requests`, and
  /// the same for tokens.
  public var headers: HTTPFields {
    var headers: HTTPFields = [:]
    for (meter, what) in [(requests, "requests"), (tokens, "tokens")] {
      guard let meter else { continue }
      for (word, value) in [
        ("limit", "\(meter.limit)"), ("remaining", "\(meter.remaining)"),
        ("reset", Self.text(of: meter.reset)),
      ] {
        guard let name = HTTPField.Name("x-ratelimit-\(word)-\(what)") else {
          preconditionFailure("a field named \(word)-\(what)")
        }
        headers[name] = value
      }
    }
    return headers
  }

  /// A time as OpenAI writes it: `120ms`, `7s`, `6m0s`; rounded up.
  static func text(of duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    if seconds == 0 { return "\((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)ms" }
    let whole = seconds + (attoseconds > 0 ? 1 : 0)
    return whole < 60 ? "\(whole)s" : "\(whole / 60)m\(whole % 60)s"
  }
}
