/// How a token's place in its sequence enters the computation.
public enum PositionEncoding: Equatable, Sendable {
  /// Queries and keys are turned by angles.
  case rotary(RotaryEmbedding)
  /// A table with a row for each position is added to the embeddings.
  case learned
}
