internal import LanguageModels
internal import Objectives
internal import PreferenceData
internal import Tokenization
internal import TorchEngine
internal import TrainingConfiguration

/// Learning from completions that are judged one by one: KTO (Ethayarajh et al. 2024, section 4.1) and
/// its kin, with the reference's log probabilities known before the first step.
struct UnpairedOptimization: OfflineMethod {
  let policy: CausalLanguageModel
  let loss: KTOLoss
  /// How the two classes make up the shift of `bco`.
  let shiftChoice: BCOShiftChoice
  /// Rows of an optimizer step.
  let itemsPerStep: Int
  let training: JudgedCompletions
  let heldOut: JudgedCompletions
  let references: UnpairedReferences
  let microbatches: Microbatches

  /// δ of `bco` over the run so far; the other losses leave it at its beginning.
  typealias State = RewardShift
  var initialState: RewardShift { RewardShift() }

  var model: any TrainableModel { policy }

  /// ∇L = Σ_rows ∂ℓ/∂log π · ∇log π, divided by the rows of the whole step, part by part.
  ///
  /// The point that all rewards are compared with is one of the whole step, so it is known before any
  /// gradient is: what it takes is scored without a graph first.
  func descend(on rows: [Int], step: Int, state: inout RewardShift) throws -> UnpairedMetrics {
    let parts = microbatches.split(rows, of: training)
    // A step in one part has its rewards from the pass that it needs anyway.
    let whole = loss.kind == .bco && parts.count == 1 ? try score(rows, of: training) : nil
    let point: ReferencePoint
    switch loss.kind {
    case .kto:
      point = .divergence(
        try divergence(of: rows, in: training, references.training, step: step))
    case .apoZeroUnpaired:
      point = .none
    case .bco:
      state.add(
        rewards: loss.rewards(
          policy: try whole?.logProbabilities
            ?? summedLogProbabilities(of: rows.map(Continuation.init(of:)), in: training),
          reference: references.training.logProbabilities(of: rows.map(Continuation.init(of:)))),
        isDesirable: rows.map { training.rows[$0].isDesirable })
      point = .shift(shift(state))
    }
    var metrics = UnpairedMetrics()
    for part in parts {
      let scored = try whole ?? score(part, of: training)
      let outcome = try outcome(
        of: scored, in: training, references.training, around: point, step: step)
      metrics.add(scored, outcome, point)
      try policy.backward(
        seed: scored.tokenSeeds(for: outcome, dividedBy: rows.count), through: scored.scored)
    }
    return metrics
  }

  /// The same loss on the held-out rows, without gradient: each group of an optimizer step's size with
  /// a z of its own, and around the δ that training has arrived at.
  func evaluate(after step: Int, state: RewardShift) throws -> UnpairedMetrics? {
    if heldOut.rows.isEmpty { return nil }
    var metrics = UnpairedMetrics()
    for group in Array(heldOut.rows.indices).grouped(by: itemsPerStep) {
      let point: ReferencePoint =
        switch loss.kind {
        case .kto:
          .divergence(try divergence(of: group, in: heldOut, references.heldOut, step: step))
        case .apoZeroUnpaired: .none
        case .bco: .shift(shift(state))
        }
      for part in microbatches.split(group, of: heldOut) {
        let scored = try withoutGradients { try score(part, of: heldOut) }
        let outcome = try outcome(
          of: scored, in: heldOut, references.heldOut, around: point, step: step)
        metrics.add(scored, outcome, point)
      }
    }
    return metrics
  }

  func tokens(of rows: [Int]) -> Int { rows.reduce(0) { $0 + training.costs[$1].tokenCount } }

  func sources(of rows: [Int]) -> [SourceLocation] { rows.map { training.sources[$0] } }

  private func score(_ rows: [Int], of data: JudgedCompletions) throws -> ScoredCompletions {
    try ScoredCompletions(rows, of: data, by: policy)
  }

  private func shift(_ state: RewardShift) -> Double {
    switch shiftChoice {
    case .classMeans: state.classBalanced
    case .pooled: state.pooled
    }
  }

  /// log π of continuations, without a graph, in batches that do not depend on the micro-batches.
  private func summedLogProbabilities(
    of continuations: [Continuation], in data: JudgedCompletions
  ) throws -> [Double] {
    try SequenceScoring(model: policy)
      .summedLogProbabilities(of: continuations.map { [data.sequence($0)] }).map { $0[0] }
  }

  /// z, from the prompts of some rows and the completion of the row before each.
  private func divergence(
    of rows: [Int], in data: JudgedCompletions, _ reference: UnpairedReference, step: Int
  ) throws -> Double {
    let mismatched = Continuation.mismatched(rows)
    let policy = try summedLogProbabilities(of: mismatched, in: data)
    let reference = reference.logProbabilities(of: mismatched)
    if let bad = rows.indices.first(where: { !(policy[$0] - reference[$0]).isFinite }) {
      throw TrainingError.divergedLoss(
        step: step, row: data.sources[rows[bad]], loss: .nan, policy: [policy[bad]],
        reference: [reference[bad]])
    }
    return KTOLoss.klEstimate(policy: policy, reference: reference)
  }

  /// The loss of rows and its gradient by their log probabilities.
  private func outcome(
    of part: ScoredCompletions, in data: JudgedCompletions, _ reference: UnpairedReference,
    around point: ReferencePoint, step: Int
  ) throws(TrainingError) -> KTOOutcome {
    let reference = reference.logProbabilities(of: part.rows.map(Continuation.init(of:)))
    let outcome = loss.evaluate(
      policy: part.logProbabilities, reference: reference,
      isDesirable: part.rows.map { data.rows[$0].isDesirable }, referencePoint: point.value,
      weights: part.rows.map { data.rows[$0].weight })
    if let bad = outcome.values.firstIndex(where: { !$0.isFinite }) {
      throw .divergedLoss(
        step: step, row: data.sources[part.rows[bad]], loss: outcome.values[bad],
        policy: [part.logProbabilities[bad]], reference: [reference[bad]])
    }
    return outcome
  }
}

extension Microbatches {
  /// Splits rows of a data set, in order.
  func split(_ rows: [Int], of data: JudgedCompletions) -> [[Int]] {
    split(rows, tokens: { data.costs[$0].packedTokens })
  }
}
