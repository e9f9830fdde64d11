/// How a block normalizes what it reads, row by row.
public enum Normalization: Equatable, Sendable {
  /// x / √(mean(x²) + ε) · weight (Zhang & Sennrich 2019).
  case rootMeanSquare(epsilon: Double)
  /// (x − mean(x)) / √(variance(x) + ε) · weight + bias (Ba et al. 2016).
  case layer(epsilon: Double)

  /// ε, what keeps the root away from zero.
  var epsilon: Double {
    switch self {
    case .rootMeanSquare(let epsilon), .layer(let epsilon): epsilon
    }
  }

  /// How many arrays of the input's width the graph keeps: the input, and what it becomes unless that
  /// is found again.
  var keptWidths: Int {
    switch self {
    case .rootMeanSquare: 1
    case .layer: 2
    }
  }
}
