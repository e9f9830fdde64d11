internal import LanguageModels
internal import Objectives
internal import Tokenization
internal import TorchEngine

/// What the policy says about some pairs of a data set: the forward half of the seam.
///
/// Pairs are packed chosen, rejected, chosen, … and so are all arrays by sequence.
struct ScoredPairs {
  /// Which pairs of the data set.
  let indices: [Int]
  /// What the engine says, token by token, and its graph.
  let scored: ScoredBatch
  /// Where each sequence's tokens lie.
  let sequences: SequenceLogProbability
  /// How much each token counts in the sums, where LD-DPO makes them differ.
  let tokenWeights: [Double]?
  /// log π of both sides, with ``tokenWeights``.
  let logProbabilities: PairLogProbabilities
  /// WPO's weight of each pair, from the policy itself.
  let policyWeights: [Double]?

  /// Scores pairs.
  ///
  /// - Parameters:
  ///   - indices: Which pairs.
  ///   - data: The data set.
  ///   - policy: The model.
  ///   - objective: Says which of these numbers it asks for.
  /// - Throws: `EngineError`, for instance when memory runs out.
  init(
    _ indices: [Int], of data: TrainingPairs, by policy: CausalLanguageModel,
    for objective: PairObjective
  ) throws(EngineError) {
    let batch = PackedBatch(indices.map { data.pairs[$0].sequences })
    let sequences = SequenceLogProbability(spans: batch.spans)
    let scored = try policy.logProbabilities(
      of: batch, includingCollisions: objective.weighsByPolicy)
    let tokenWeights = objective.lengthDesensitization.map {
      $0.tokenWeights(of: sequences, tokenCount: batch.targets.count)
    }
    self.indices = indices
    self.scored = scored
    self.sequences = sequences
    self.tokenWeights = tokenWeights
    logProbabilities = PairLogProbabilities(
      sequences, of: scored.logProbabilities, weights: tokenWeights)
    policyWeights = scored.logCollisionProbabilities.map {
      PolicyWeighting.pairWeights(
        tokenLogProbabilities: scored.logProbabilities, logSumsOfSquares: $0, of: sequences)
    }
  }

  /// Plain sums of the chosen sides, where ``tokenWeights`` make them differ.
  var chosenLikelihoods: [Double]? {
    tokenWeights.map { _ in
      PairLogProbabilities(sequences, of: scored.logProbabilities, weights: nil).chosen
    }
  }

  /// The backward half: d loss / d log π of each token.
  ///
  /// - Parameters:
  ///   - outcome: What the objective says about these pairs.
  ///   - count: The pairs of the whole optimizer step, which its loss is the mean over.
  /// - Returns: One derivative for each scored token.
  func tokenSeeds(for outcome: DPOOutcome, dividedBy count: Int) -> [Double] {
    func seeds(_ gradient: PairGradient, _ weights: [Double]?) -> [Double] {
      sequences.tokenSeeds(
        for: gradient.bySequence.map { $0 / Double(count) }, weights: weights,
        tokenCount: scored.logProbabilities.count)
    }
    let weighted = seeds(outcome.gradient, tokenWeights)
    guard let likelihood = outcome.likelihoodGradient else { return weighted }
    let zeros = [Double](repeating: 0, count: likelihood.count)
    let plain = seeds(PairGradient(chosen: likelihood, rejected: zeros), nil)
    return zip(weighted, plain).map { $0 + $1 }
  }
}

extension PairLogProbabilities {
  /// The sums of a batch of pairs, whose sequences alternate: chosen, rejected, chosen, …
  init(_ sequences: SequenceLogProbability, of tokens: [Float], weights: [Double]?) {
    let (values, counts) = (sequences.sums(of: tokens, weights: weights), sequences.tokenCounts)
    let chosen = stride(from: 0, to: values.count, by: 2)
    let rejected = stride(from: 1, to: values.count, by: 2)
    self.init(
      chosen: chosen.map { values[$0] }, rejected: rejected.map { values[$0] },
      chosenTokens: chosen.map { counts[$0] }, rejectedTokens: rejected.map { counts[$0] })
  }

  /// All pairs of several batches.
  init(joining parts: [PairLogProbabilities]) {
    self.init(
      chosen: parts.flatMap(\.chosen), rejected: parts.flatMap(\.rejected),
      chosenTokens: parts.flatMap(\.chosenTokens), rejectedTokens: parts.flatMap(\.rejectedTokens))
  }
}

extension PairGradient {
  /// One derivative a sequence, in the order in which a batch of pairs packs them.
  fileprivate var bySequence: [Double] { zip(chosen, rejected).flatMap { [$0, $1] } }
}
