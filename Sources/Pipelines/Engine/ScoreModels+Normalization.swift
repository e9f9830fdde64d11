public import Evaluations
public import LanguageModels

extension Sequence<any ScoreModel> {
  /// What the models store to normalize each member's scores by; `nil` where one stores nothing.
  public var storedNormalizations: [ScoreNormalization]? {
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
