public import ArgumentParser
import Evaluations
import LanguageModels
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

extension Sequence<any ScoreModel> {
  /// What the models store to normalize each member's scores by; `nil` where one stores nothing.
  var storedNormalizations: [ScoreNormalization]? {
    var normalizations: [ScoreNormalization] = []
    for model in self {
      guard model.record.normalization.count == model.head.members else { return nil }
      normalizations += model.record.normalization.map {
        ScoreNormalization(mean: $0.mean, deviation: $0.deviation)
      }
    }
    return normalizations
  }
}
