/// What a model has said to a prompt.
public struct SampledCompletion: Equatable, Sendable {
  /// Why a completion ends.
  public enum FinishReason: String, Sendable {
    /// The model ended it.
    case stop
    /// It had as many tokens as it may have.
    case length
  }

  /// The completion without its end of sequence.
  public var text: String
  /// The tokens, the end of sequence among them.
  public var tokens: [Int32]
  /// Σ log π(token | tokens before) at the temperature that was drawn with, in nats; for greedy
  /// choices at 1.
  public var logProbability: Double
  /// Why it ends.
  public var finishReason: FinishReason
}
