internal import LanguageModels
internal import PreferenceData
internal import TorchEngine

/// Learning a reward model from judgments (Ouyang et al. 2022, section 3.5 and equation 1): scores
/// that make the judged order likely.
struct RewardModelling: OfflineMethod {
  let rewardModel: any ScoreModel & TrainableModel
  let objective: RewardObjective
  let training: RewardExamples
  let heldOut: RewardExamples
  let microbatches: Microbatches
  /// How much each training item counts for each member of an ensemble.
  let memberWeights: MemberWeights
  /// The part of the heads' hidden units that training leaves out.
  let dropout: Double
  /// What the sum of squares of the trained matrices is multiplied by.
  let l2Coefficient: Double
  /// The start of what is left out.
  let seed: UInt64

  var model: any TrainableModel { rewardModel }

  /// ∇L = 1/(N K) Σ_items Σ_members ∂ℓ/∂r · ∇r + λ ∇‖θ‖².
  func descend(on items: [Int], step: Int, state: inout Stateless) throws -> RewardMetrics {
    var metrics = RewardMetrics()
    let scale = 1 / Double(items.count * rewardModel.head.members)
    for part in microbatches.split(items, tokens: { training.rowCounts[$0] }) {
      let scored = try training.scores(of: part, dropout: dropout(of: part, step: step))
      let outcomes = try outcomes(part, of: training, scored, step: step) {
        memberWeights[$0, $1]
      }
      metrics.add(part.map { training.judgments[$0] }, scored, outcomes)
      let seeds = outcomes.map { $0.flatMap { $0.gradient.map { $0 * scale } } }
      try rewardModel.backward(seeds, through: scored)
    }
    if l2Coefficient > 0 {
      metrics.add(
        weightPenalty: try rewardModel.trainedParameters.penalize(coefficient: l2Coefficient))
    }
    return metrics
  }

  func evaluate(after step: Int, state: Stateless) throws -> RewardMetrics? {
    if heldOut.judgments.isEmpty { return nil }
    var metrics = RewardMetrics()
    let all = Array(heldOut.judgments.indices)
    for part in microbatches.split(all, tokens: { heldOut.rowCounts[$0] }) {
      let scored = try withoutGradients { () throws(EngineError) in try heldOut.scores(of: part) }
      let outcomes = try outcomes(part, of: heldOut, scored, step: step) { item, _ in
        heldOut.judgments[item].weight
      }
      metrics.add(part.map { heldOut.judgments[$0] }, scored, outcomes)
    }
    return metrics
  }

  func tokens(of items: [Int]) -> Int { items.reduce(0) { $0 + training.tokenCounts[$1] } }

  func sources(of items: [Int]) -> [SourceLocation] { items.map { training.judgments[$0].source } }

  /// What a training pass leaves out: a function of step, item and completion, and so independent of
  /// micro-batches.
  private func dropout(of part: [Int], step: Int) -> HeadDropout? {
    guard dropout > 0, rewardModel.head.kind != .linear else { return nil }
    return HeadDropout(
      rate: dropout,
      seeds: part.flatMap { item in
        (0..<training.judgments[item].scores).map { place in
          // Any mixture will do that differs between steps, items and completions.
          (seed &+ UInt64(step)) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(item) << 16 ^ UInt64(place)
        }
      })
  }

  /// For each member, the loss of each item.
  private func outcomes(
    _ part: [Int], of examples: RewardExamples, _ scored: ScoredSequences, step: Int,
    weight: (_ item: Int, _ member: Int) -> Double
  ) throws(TrainingError) -> [[RewardObjective.Outcome]] {
    var outcomes: [[RewardObjective.Outcome]] = []
    for (member, scores) in scored.members.enumerated() {
      var rest = scores[...]
      var ofMember: [RewardObjective.Outcome] = []
      for index in part {
        let judgment = examples.judgments[index]
        let own = Array(rest.prefix(judgment.scores))
        rest = rest.dropFirst(own.count)
        let outcome = objective.outcome(of: judgment, scores: own, weight: weight(index, member))
        guard outcome.value.isFinite else {
          throw .divergedSequence(step: step, row: judgment.source, loss: outcome.value)
        }
        ofMember.append(outcome)
      }
      outcomes.append(ofMember)
    }
    return outcomes
  }
}

extension RewardMetrics {
  /// Adds the items of a batch with the means of what the members of an ensemble say.
  fileprivate mutating func add(
    _ judgments: [RewardJudgment], _ scored: ScoredSequences,
    _ outcomes: [[RewardObjective.Outcome]]
  ) {
    let members = Double(scored.members.count)
    var start = 0
    for (index, judgment) in judgments.enumerated() {
      let scores = (0..<judgment.completions).map { place in
        scored.members.reduce(0) { $0 + $1[start + place] } / members
      }
      add(judgment, scores: scores, loss: outcomes.reduce(0) { $0 + $1[index].value } / members)
      start += judgment.scores
    }
  }
}

extension Parameters {
  /// Adds the gradient of λ Σ w² over all matrices, and returns its value.
  fileprivate func penalize(coefficient: Double) throws(EngineError) -> Double {
    var value = 0.0
    for name in decayedNames {
      let squares = try self[name].multiplied(by: self[name]).sum()
      value += try coefficient * squares.values(as: Double.self)[0]
      try TorchEngine.backward([GradientSeed(squares, [coefficient])])
    }
    return value
  }
}
