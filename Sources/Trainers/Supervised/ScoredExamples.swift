internal import LanguageModels
internal import Objectives
internal import Tokenization
internal import TorchEngine

/// What the model says about the learned tokens of some sequences, in the columns that a loss needs:
/// the forward half of the seam.
struct ScoredExamples {
  /// What the engine says, token by token, and its graph.
  let scored: ScoredBatch
  /// The same for the loss.
  let tokens: SupervisedTokens
  /// Each sequence's part of the tokens.
  let spans: [Range<Int>]

  /// Scores sequences.
  ///
  /// - Parameters:
  ///   - sequences: Any number, each with a learned token.
  ///   - model: The model.
  ///   - loss: Says which columns it needs.
  ///   - endOfSequence: The token that ends completions.
  /// - Throws: `EngineError`, for instance when memory runs out.
  init(
    _ sequences: [PackedBatch.Sequence], by model: CausalLanguageModel, for loss: SupervisedLoss,
    endOfSequence: Int32
  ) throws(EngineError) {
    // One sequence a group: nothing is shared, and nothing is padded.
    let batch = PackedBatch(sequences.map { [$0] })
    let candidates = loss.needsCandidates ? RepetitionCandidates(sequences, batch) : nil
    let scored = try model.logProbabilities(
      of: batch,
      candidates: candidates.map {
        TokenCandidates(ids: $0.ids.map(Int64.init), offsets: $0.offsets.map(Int64.init))
      })
    tokens = SupervisedTokens(
      logProbabilities: scored.logProbabilities.map(Double.init),
      meanLogProbabilities: loss.needsMeanLogProbabilities
        ? try scored.meanLogProbabilities().map(Double.init) : nil,
      isEnd: loss.needsEnds ? Self.ends(of: sequences, batch, endOfSequence) : nil,
      candidates: candidates.map {
        SupervisedTokens.Candidates(
          logProbabilities: (scored.candidateLogProbabilities ?? []).map(Double.init),
          offsets: $0.offsets)
      })
    self.scored = scored
    spans = batch.spans
  }

  /// The backward half: the derivatives of the mean over the tokens of a whole optimizer step.
  ///
  /// - Parameters:
  ///   - outcome: What the loss says about these tokens.
  ///   - count: The learned tokens of the whole optimizer step.
  /// - Returns: One derivative for each number in ``tokens``.
  func seeds(of outcome: SupervisedOutcome, dividedBy count: Int) -> TokenSeeds {
    func mean(_ gradient: [Double]) -> [Double] { gradient.map { $0 / Double(count) } }
    return TokenSeeds(
      logProbabilities: mean(outcome.byLogProbability),
      meanLogProbabilities: outcome.byMeanLogProbability.map(mean),
      candidateLogProbabilities: outcome.byCandidate.map(mean))
  }

  /// Whether each learned token is the end-of-sequence token at the end of its sequence.
  private static func ends(
    of sequences: [PackedBatch.Sequence], _ batch: PackedBatch, _ endOfSequence: Int32
  ) -> [Bool] {
    var isEnd = batch.targets.map { _ in false }
    for (sequence, span) in zip(sequences, batch.spans) {
      guard let last = span.last, sequence.ids.last == endOfSequence,
        sequence.scored.last?.upperBound == sequence.ids.count
      else { continue }
      isEnd[last] = true
    }
    return isEnd
  }
}

extension RepetitionCandidates {
  /// For each learned token, what was learned before it in its sequence.
  fileprivate init(_ sequences: [PackedBatch.Sequence], _ batch: PackedBatch) {
    self.init()
    for (sequence, span) in zip(sequences, batch.spans) {
      // The first token of a text is not predicted, but may be repeated.
      let opening = sequence.completionStart == 0 ? sequence.ids.prefix(1) : []
      append(opening + batch.targets[span], unscored: opening.count)
    }
  }
}
