/// Why a statistic cannot be computed from the data at hand. Each case renders as a sentence that
/// says what was seen and what to do.
public enum EvaluationError: Error, Sendable, Hashable {
  /// Votes or rankings that say nothing about how some items compare with others: no item of one
  /// component has lost to an item of every other.
  case disconnected(components: [[String]])
  /// The predictors of a regression tell the outcomes apart without an error, so that its
  /// coefficients grow without bound.
  case separable
  /// A predictor of a regression is constant, or a combination of others.
  case collinear
  /// A covariance matrix that cannot be inverted.
  case singularCovariance(vectors: Int, dimension: Int)
  /// An iteration did not come to rest.
  case notConverged(what: String, iterations: Int)
}

extension EvaluationError: CustomStringConvertible {
  /// Full sentences that say what was seen and what to do next.
  public var description: String {
    switch self {
    case .disconnected(let components):
      "The votes do not connect all items, so that no ranking of all of them exists: "
        + components.map { "{\($0.joined(separator: ", "))}" }.joined(separator: ", ")
        + " never both win and lose against one another; "
        + "collect votes between these groups, rank each alone, or give an l2 above 0."
    case .separable:
      "The predictors tell all outcomes apart, so that the best coefficients are infinite; "
        + "give an l2 above 0, more data or fewer predictors."
    case .collinear:
      "A predictor is constant or a combination of others, so that its coefficient is "
        + "undetermined; leave it out, or give an l2 above 0."
    case .singularCovariance(let vectors, let dimension):
      "The covariance of \(vectors) vectors of dimension \(dimension) cannot be inverted; "
        + "give more vectors than dimensions, or use a shrinkage above 0."
    case .notConverged(let what, let iterations):
      "\(what) did not converge in \(iterations) iterations; allow more, or give an l2 above 0."
    }
  }
}
