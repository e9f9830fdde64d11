public import ArgumentParser
import Evaluations
public import TrainingConfiguration

extension AggregationChoice: ExpressibleByArgument {
  /// How members become one.
  ///
  /// - Parameter lambda: What the variance is multiplied by.
  /// - Returns: The computation of that name.
  func aggregation(lambda: Double) -> EnsembleAggregation {
    switch self {
    case .mean: .mean
    case .min: .minimum
    case .median: .median
    case .uwo: .varianceDiscounted(lambda: lambda)
    }
  }
}
