/// What a classifier says of a text.
public struct HarmVerdict: Sendable, Hashable {
  /// The probability that the text is harmful, from 0 to 1.
  public var probability: Double
  /// Whether that is as much as the classifier tolerates.
  public var isHarmful: Bool

  /// A verdict.
  ///
  /// - Parameters:
  ///   - probability: From 0 to 1.
  ///   - isHarmful: Whether that is as much as the classifier tolerates.
  public init(probability: Double, isHarmful: Bool) {
    precondition((0...1).contains(probability), "a probability of \(probability)")
    (self.probability, self.isHarmful) = (probability, isHarmful)
  }
}

/// What judges whole conversations: one verdict a text.
public typealias HarmScoring = (_ texts: [String]) async throws -> [HarmVerdict]
