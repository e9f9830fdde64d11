internal import Crypto
internal import LanguageModels

/// The completions of one prompt, as vectors of features, and how they were judged.
struct FeatureItem: Equatable, Sendable {
  /// The vectors of all completions, one after another.
  let values: [Float]
  let judgment: RewardJudgment
}

extension [FeatureItem] {
  /// SHA-256 over the vectors and judgments of all items, in their order.
  var digest: String {
    var hash = SHA256()
    for item in self {
      hash.update(item.values)
      hash.update(item.judgment)
    }
    return hexadecimal(hash.finalize())
  }
}

extension RewardExamples {
  /// Completions as vectors of features.
  init(_ items: [FeatureItem], by model: FeatureRewardModel) {
    var table = FeatureTable(width: model.width)
    for item in items { table.append(item.values, counts: [item.judgment.scores]) }
    self.init(
      items.map(\.judgment), tokenCounts: items.map { _ in 0 }, table, by: model)
  }
}
