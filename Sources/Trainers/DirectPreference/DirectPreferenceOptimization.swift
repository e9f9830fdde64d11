internal import LanguageModels
internal import Objectives
internal import PreferenceData
internal import Tokenization
internal import TorchEngine

/// Direct preference optimization (Rafailov et al. 2023, section 4) on preference pairs, with the
/// reference's log probabilities known before the first step.
struct DirectPreferenceOptimization: OfflineMethod {
  let policy: CausalLanguageModel
  let objective: PairObjective
  /// Pairs of an optimizer step.
  let itemsPerStep: Int
  let training: TrainingPairs
  let heldOut: TrainingPairs
  /// log π_ref of both sides of each training pair that is visited, and of each held-out pair;
  /// `nil` for losses without a reference.
  let reference: ReferenceLogProbabilities?
  let microbatches: Microbatches

  var model: any TrainableModel { policy }

  /// ∇L = Σ_pairs ∂ℓ/∂log π · ∇log π, divided by the pairs of the whole step, part by part.
  func descend(on pairs: [Int], step: Int, state: inout Stateless) throws -> PairMetrics {
    var metrics = PairMetrics()
    let parts = microbatches.split(pairs, of: training)
    let meanChosenTokens = training.meanChosenTokens(of: pairs)
    func outcome(_ parts: [ScoredPairs]) throws -> DPOOutcome {
      try objective.outcome(
        of: parts, in: training, reference: reference?.training,
        meanChosenTokens: meanChosenTokens, step: step)
    }
    func backward(_ outcome: DPOOutcome, _ scored: ScoredPairs) throws {
      metrics.add(scored, outcome)
      let seed = scored.tokenSeeds(for: outcome, dividedBy: pairs.count)
      try policy.backward(seed: seed, through: scored.scored)
    }
    if objective.loss.couplesPairs, parts.count > 1 {
      // What a pair is worth depends on all others: all are scored before any gradient is known.
      let whole = try outcome(withoutGradients { try parts.map { try score($0, of: training) } })
      for (part, outcome) in zip(parts, whole.split(into: parts.map(\.count))) {
        try backward(outcome, score(part, of: training))
      }
    } else {
      for part in parts {
        let scored = try score(part, of: training)
        try backward(outcome([scored]), scored)
      }
    }
    return metrics
  }

  /// The same loss on the held-out pairs, without gradient.
  ///
  /// A loss that couples its pairs sees them in groups of an optimizer step's size.
  func evaluate(after step: Int, state: Stateless) throws -> PairMetrics? {
    if heldOut.pairs.isEmpty { return nil }
    var metrics = PairMetrics()
    let pairs = Array(heldOut.pairs.indices)
    let meanChosenTokens = heldOut.meanChosenTokens(of: pairs)
    let parts =
      objective.loss.couplesPairs
      ? pairs.grouped(by: itemsPerStep)
        .map { microbatches.split($0, of: heldOut) }
      : microbatches.split(pairs, of: heldOut).map { [$0] }
    for coupled in parts {
      let scored = try withoutGradients { try coupled.map { try score($0, of: heldOut) } }
      let outcome = try objective.outcome(
        of: scored, in: heldOut, reference: reference?.heldOut, meanChosenTokens: meanChosenTokens,
        step: step)
      for (part, outcome) in zip(scored, outcome.split(into: coupled.map(\.count))) {
        metrics.add(part, outcome)
      }
    }
    return metrics
  }

  func tokens(of pairs: [Int]) -> Int {
    pairs.reduce(0) { $0 + training.pairs[$1].tokenCount }
  }

  func sources(of pairs: [Int]) -> [SourceLocation] { pairs.map { training.sources[$0] } }

  private func score(_ pairs: [Int], of data: TrainingPairs) throws -> ScoredPairs {
    try ScoredPairs(pairs, of: data, by: policy, for: objective)
  }
}

extension Microbatches {
  /// Splits pairs of a data set, in order.
  fileprivate func split(_ pairs: [Int], of data: TrainingPairs) -> [[Int]] {
    split(pairs, tokens: { data.costs[$0].packedTokens })
  }
}
