/// What the dot products of queries and keys are multiplied by before the softmax.
public enum AttentionScale: Equatable, Sendable {
  /// The same factor in every layer, usually 1/√(head width).
  case uniform(Double)
  /// The factor divided by the layer's number, counted from 1.
  case dividedByDepth(Double)

  /// The factor of a layer, counted from 0.
  func factor(layer: Int) -> Double {
    switch self {
    case .uniform(let factor): factor
    case .dividedByDepth(let factor): factor / Double(layer + 1)
    }
  }
}
