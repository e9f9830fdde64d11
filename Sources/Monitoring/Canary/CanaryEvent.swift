/// Something that became known of an answer.
public struct CanaryEvent: Sendable, Hashable, Codable {
  /// What became known.
  public enum Kind: Sendable, Hashable, Codable {
    /// The request has been answered, in whichever way: once a request.
    case answered
    /// The answer is unsafe.
    case unsafe
    /// The server failed; not the client.
    case error
    /// A harmless prompt was refused.
    case refusal
    /// The time until the whole answer was there, in seconds of a clock that does not jump.
    case latency(seconds: Double)
    /// The time until the first token was there, in such seconds.
    case firstToken(seconds: Double)
    /// The user is not content.
    case negativeFeedback
  }

  /// How the request was assigned.
  public let exposure: CanaryExposure
  /// What became known.
  public let kind: Kind

  /// An event.
  ///
  /// - Parameters:
  ///   - kind: What became known, at most once a request.
  ///   - exposure: How the request was assigned.
  public init(_ kind: Kind, of exposure: CanaryExposure) {
    (self.kind, self.exposure) = (kind, exposure)
  }
}
