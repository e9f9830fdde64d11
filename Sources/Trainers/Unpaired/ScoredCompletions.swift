internal import LanguageModels
internal import Objectives
internal import Tokenization
internal import TorchEngine

/// What the policy says about some rows' own completions: the forward half of the seam.
struct ScoredCompletions {
  /// Which rows of the data set.
  let rows: [Int]
  /// What the engine says, token by token, and its graph.
  let scored: ScoredBatch
  /// log π of each completion, summed over its tokens, in nats.
  let logProbabilities: [Double]
  private let sequences: SequenceLogProbability

  /// Scores rows.
  ///
  /// - Parameters:
  ///   - rows: Which rows.
  ///   - data: The data set.
  ///   - policy: The model.
  /// - Throws: `EngineError`, for instance when memory runs out.
  init(
    _ rows: [Int], of data: JudgedCompletions, by policy: CausalLanguageModel
  ) throws(EngineError) {
    let batch = PackedBatch(rows.map { [data.sequence(Continuation(of: $0))] })
    self.rows = rows
    sequences = SequenceLogProbability(spans: batch.spans)
    scored = try policy.logProbabilities(of: batch)
    logProbabilities = sequences.sums(of: scored.logProbabilities)
  }

  /// The backward half: d loss / d log π of each token.
  ///
  /// - Parameters:
  ///   - outcome: What the objective says about these rows.
  ///   - count: The rows of the whole optimizer step, which its loss is the mean over.
  /// - Returns: One derivative for each scored token.
  func tokenSeeds(for outcome: KTOOutcome, dividedBy count: Int) -> [Double] {
    sequences.tokenSeeds(
      for: outcome.gradient.map { $0 / Double(count) }, tokenCount: scored.logProbabilities.count)
  }
}
