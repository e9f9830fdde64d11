/// What came of showing two completions to an annotator.
public struct Judgment: Sendable, Hashable {
  /// The completion that is preferred.
  public let choice: Choice
  /// How sure the annotator says to be.
  public let confidence: Confidence
  /// Seconds from seeing the completions to choosing.
  public let responseTime: Double
}
