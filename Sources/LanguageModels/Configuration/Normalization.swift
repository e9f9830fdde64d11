/// How a block normalizes what it reads, row by row.
public enum Normalization: Equatable, Sendable {
  /// x / √(mean(x²) + ε) · weight (Zhang & Sennrich 2019).
  case rootMeanSquare(epsilon: Double)
  /// (x − mean(x)) / √(variance(x) + ε) · weight + bias (Ba et al. 2016).
  case layer(epsilon: Double)
}
