/// What a server grants to requests, beside what keys say.
public struct ServiceSettings: Sendable, Hashable {
  /// What a request may ask for at most.
  public var limits = RequestLimits()
  /// Tokens of a completion where the request does not say.
  public var maxTokens: Int
  /// How long an answer may take, from the request to its last byte.
  public var answerTime: Duration
  /// How long a client may take nothing of a stream.
  public var stallTime: Duration
  /// How long a stream may be silent before a line that says nothing shows that it is alive.
  public var pingTime: Duration
  /// Bytes of a request's body at most.
  public var bodyBytes: Int
  /// Whether feedback that says nothing of consent may be used for training.
  public var assumesConsent: Bool

  /// Settings.
  ///
  /// - Parameters:
  ///   - maxTokens: Tokens of a completion where the request does not say.
  ///   - answerTime: How long an answer may take, from the request to its last byte.
  ///   - stallTime: How long a client may take nothing of a stream.
  ///   - pingTime: How long a stream may be silent.
  ///   - bodyBytes: Bytes of a request's body at most.
  ///   - assumesConsent: Whether feedback that says nothing of consent may be used for training.
  public init(
    maxTokens: Int = 256, answerTime: Duration = .seconds(600), stallTime: Duration = .seconds(30),
    pingTime: Duration = .seconds(15), bodyBytes: Int = 4 << 20, assumesConsent: Bool = false
  ) {
    precondition(maxTokens > 0 && bodyBytes > 0, "\(maxTokens) tokens, \(bodyBytes) bytes")
    (self.maxTokens, self.answerTime) = (maxTokens, answerTime)
    (self.stallTime, self.pingTime, self.bodyBytes) = (stallTime, pingTime, bodyBytes)
    self.assumesConsent = assumesConsent
  }
}
