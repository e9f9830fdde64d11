internal import LanguageModels
internal import Tokenization
internal import TorchEngine

/// Judged completions, and what their scores are computed from.
struct RewardExamples {
  /// What scores are computed from.
  private enum Source {
    /// Token ids, by a model whose backbone is trained.
    case tokens([RewardItem], RewardModel)
    /// What the heads read, which does not change.
    case features(FeatureTable, any ScoreModel)
  }

  /// What was said, by item.
  let judgments: [RewardJudgment]
  /// Tokens of each item, as `num_tokens` counts them.
  let tokenCounts: [Int]
  /// Rows that each item takes in a batch.
  let rowCounts: [Int]
  private let source: Source

  /// Completions as token ids.
  ///
  /// - Parameters:
  ///   - items: The completions.
  ///   - model: Computes their hidden states whenever they are scored.
  init(_ items: [RewardItem], by model: RewardModel) {
    judgments = items.map(\.judgment)
    tokenCounts = items.map(\.tokenCount)
    rowCounts = items.map(\.cost.packedTokens)
    source = .tokens(items, model)
  }

  /// Completions as what the heads read.
  ///
  /// - Parameters:
  ///   - judgments: What was said, by item.
  ///   - tokenCounts: Tokens of each item.
  ///   - table: For each item, a row a score.
  ///   - model: The model whose heads they are.
  init(
    _ judgments: [RewardJudgment], tokenCounts: [Int], _ table: FeatureTable,
    by model: any ScoreModel
  ) {
    self.judgments = judgments
    self.tokenCounts = tokenCounts
    rowCounts = judgments.map(\.scores)
    source = .features(table, model)
  }

  /// Completions as the hidden states that a backbone which stays as it is gives them.
  ///
  /// - Parameters:
  ///   - items: The completions.
  ///   - model: The reward model, whose backbone it is.
  ///   - progress: Told after each batch how many items are done; throws to stop.
  /// - Throws: What `progress` throws, or `EngineError`.
  init(
    encoding items: [RewardItem], by model: RewardModel, progress: (_ done: Int) throws -> Void
  ) throws {
    self.init(
      items.map(\.judgment), tokenCounts: items.map(\.tokenCount),
      try FeatureTable(items, by: model, progress: progress), by: model)
  }

  /// The scores of some items: of each member, one a completion and then one a copy, item after item.
  ///
  /// - Parameters:
  ///   - part: Indices of items.
  ///   - dropout: What is left out of the heads' hidden layers.
  /// - Returns: The scores, with their graph.
  /// - Throws: `EngineError`.
  func scores(of part: [Int], dropout: HeadDropout? = nil) throws(EngineError) -> ScoredSequences {
    switch source {
    case .tokens(let items, let model):
      try model.scores(of: PackedBatch(part.map { items[$0].packed }), dropout: dropout)
    case .features(let table, let model):
      try model.scores(ofFeatures: table.rows(of: part), dropout: dropout)
    }
  }
}
