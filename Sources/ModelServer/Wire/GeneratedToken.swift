/// A token that a model wrote, and what it might have written instead.
public struct GeneratedToken: Sendable, Hashable {
  /// A token that may stand at a place.
  public struct Candidate: Sendable, Hashable {
    /// Its id.
    public var id: Int32
    /// Its text. A token can be a part of a character: then its bytes say more.
    public var text: String
    /// Its bytes.
    public var bytes: [UInt8]
    /// log π(token | tokens before), in nats.
    public var logProbability: Double

    /// A token that may stand at a place.
    ///
    /// - Parameters:
    ///   - id: Its id.
    ///   - text: Its text, with U+FFFD for what is no whole character.
    ///   - bytes: Its bytes.
    ///   - logProbability: log π(token | tokens before), in nats.
    public init(id: Int32, text: String, bytes: [UInt8], logProbability: Double) {
      (self.id, self.text, self.bytes) = (id, text, bytes)
      self.logProbability = logProbability
    }
  }

  /// The token that was drawn.
  public var drawn: Candidate
  /// The most likely ones, that which was drawn perhaps among them, the most likely first.
  public var alternatives: [Candidate]

  /// A token.
  ///
  /// - Parameters:
  ///   - drawn: The token that was drawn.
  ///   - alternatives: The most likely ones, the most likely first.
  public init(_ drawn: Candidate, alternatives: [Candidate] = []) {
    (self.drawn, self.alternatives) = (drawn, alternatives)
  }
}
