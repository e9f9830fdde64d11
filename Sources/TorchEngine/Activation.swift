internal import CTorch

/// A function that a feed-forward block applies to each element between its two projections.
public enum Activation: Equatable, Sendable {
  /// x Φ(x), with the normal distribution's Φ (Hendrycks & Gimpel 2016).
  case gelu
  /// x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, the same paper's approximation of it.
  case geluTanh
  /// max(x, 0).
  case relu

  var code: ct_activation {
    switch self {
    case .gelu: ct_gelu
    case .geluTanh: ct_gelu_tanh
    case .relu: ct_relu
    }
  }
}
