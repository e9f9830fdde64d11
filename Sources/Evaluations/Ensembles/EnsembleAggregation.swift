/// How the scores that the members of an ensemble give a completion become one.
///
/// - SeeAlso: Thomas Coste et al., Reward Model Ensembles Help Mitigate Overoptimization, ICLR
///   2024, arXiv:2310.02743.
public enum EnsembleAggregation: Sendable, Hashable, Codable {
  /// The mean.
  case mean
  /// The least: worst-case optimization.
  case minimum
  /// The middle one.
  case median
  /// mean − λ·variance: uncertainty-weighted optimization. The *variance*, not its root, and that
  /// of the members themselves, divided by their number.
  case varianceDiscounted(lambda: Double)
  /// mean − deviation, as RewardBench's offline ensembles have it.
  case deviationDiscounted

  /// One score from those of the members.
  ///
  /// - Parameter scores: One score a member; at least one, finite.
  /// - Returns: The combined score.
  public func combine(_ scores: [Double]) -> Double {
    let moments = MeanVariance(scores)
    let sorted = SortedSample(scores)
    guard let mean = moments.mean, let minimum = sorted.values.first, let median = sorted.median,
      let variance = moments.variance(.population)
    else { preconditionFailure("an ensemble without members") }
    return switch self {
    case .mean: mean
    case .minimum: minimum
    case .median: median
    case .varianceDiscounted(let lambda): mean - lambda * variance
    case .deviationDiscounted: mean - variance.squareRoot()
    }
  }
}
