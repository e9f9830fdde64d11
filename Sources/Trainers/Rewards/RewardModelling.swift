internal import LanguageModels
internal import Objectives
internal import PreferenceData
internal import Tokenization
internal import TorchEngine

/// Learning a reward model from judgments (Ouyang et al. 2022, section 3.5 and equation 1): scores
/// that make the judged order likely.
struct RewardModelling: OfflineMethod {
  let rewardModel: RewardModel
  let objective: RewardObjective
  let training: [RewardItem]
  let heldOut: [RewardItem]
  /// Hidden states of all items, where the backbone stays as it is.
  let features: RewardFeatures?
  let microbatches: Microbatches
  /// How much each training item counts for each member of an ensemble.
  let memberWeights: MemberWeights
  /// The part of the heads' hidden units that training leaves out.
  let dropout: Double
  /// What the sum of squares of the trained weights is multiplied by.
  let l2Coefficient: Double
  /// The start of what is left out.
  let seed: UInt64

  var model: any TrainableModel { rewardModel }

  /// ∇L = 1/(N K) Σ_items Σ_members ∂ℓ/∂r · ∇r + λ ∇‖θ‖².
  func descend(on items: [Int], step: Int, state: inout Stateless) throws -> RewardMetrics {
    var metrics = RewardMetrics()
    let scale = 1 / Double(items.count * rewardModel.head.members)
    for part in microbatches.split(items, tokens: { tokenCount(training[$0]) }) {
      let scored = try score(part, of: training, features?.training, dropoutAt: step)
      let outcomes = try outcomes(part, of: training, scored, step: step) {
        memberWeights[$0, $1]
      }
      metrics.add(part.map { training[$0] }, scored, outcomes)
      let seeds = outcomes.map { $0.flatMap { $0.gradient.map { $0 * scale } } }
      try rewardModel.backward(seeds, through: scored)
    }
    if l2Coefficient > 0 {
      metrics.add(weightPenalty: try rewardModel.penalizeWeights(coefficient: l2Coefficient))
    }
    return metrics
  }

  func evaluate(after step: Int, state: Stateless) throws -> RewardMetrics? {
    if heldOut.isEmpty { return nil }
    var metrics = RewardMetrics()
    try eachScored(heldOut, features?.heldOut) { part, scored in
      let outcomes = try outcomes(part, of: heldOut, scored, step: step) { item, _ in
        heldOut[item].weight
      }
      metrics.add(part.map { heldOut[$0] }, scored, outcomes)
    }
    return metrics
  }

  func tokens(of items: [Int]) -> Int {
    items.reduce(0) { $0 + training[$1].sequences.reduce(0) { $0 + $1.count } }
  }

  func sources(of items: [Int]) -> [SourceLocation] { items.map { training[$0].source } }

  /// The scores of each member for all sequences of some items, without gradient.
  ///
  /// - Parameters:
  ///   - items: Judged completions.
  ///   - features: Their hidden states, where the backbone stays as it is.
  ///   - receive: Told of each batch: which items it held, and their scores.
  func eachScored(
    _ items: [RewardItem], _ features: RewardFeatures.Table?,
    receive: ([Int], ScoredSequences) throws -> Void
  ) throws {
    for part in microbatches.split(Array(items.indices), tokens: { tokenCount(items[$0]) }) {
      try receive(
        part, try withoutGradients { try score(part, of: items, features, dropoutAt: nil) })
    }
  }

  /// Packed rows of an item; with known hidden states a batch costs next to nothing.
  private func tokenCount(_ item: RewardItem) -> Int {
    features == nil ? item.tokenCount : item.packed.count
  }

  private func score(
    _ part: [Int], of items: [RewardItem], _ features: RewardFeatures.Table?, dropoutAt step: Int?
  ) throws(EngineError) -> ScoredSequences {
    let groups = part.map { items[$0].packed }
    let dropout = step.flatMap { step in
      dropoutSeeds(part, groups.map(\.count), step: step)
    }
    if let features {
      return try rewardModel.scores(ofFeatures: features.rows(of: part), dropout: dropout)
    }
    return try rewardModel.scores(of: PackedBatch(groups), dropout: dropout)
  }

  private func dropoutSeeds(_ part: [Int], _ counts: [Int], step: Int) -> HeadDropout? {
    guard dropout > 0, rewardModel.head.kind != .linear else { return nil }
    return HeadDropout(
      rate: dropout,
      seeds: zip(part, counts).flatMap { item, count in
        (0..<count).map { sequence in
          // Any mixture will do that differs between steps, items and sequences.
          (seed &+ UInt64(step)) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(item) << 16 ^ UInt64(sequence)
        }
      })
  }

  /// For each member, the loss of each item.
  private func outcomes(
    _ part: [Int], of items: [RewardItem], _ scored: ScoredSequences, step: Int,
    weight: (_ item: Int, _ member: Int) -> Double
  ) throws(TrainingError) -> [[RewardObjective.Outcome]] {
    var outcomes: [[RewardObjective.Outcome]] = []
    for (member, scores) in scored.members.enumerated() {
      var rest = scores[...]
      var ofMember: [RewardObjective.Outcome] = []
      for index in part {
        let item = items[index]
        let own = Array(rest.prefix(item.packed.count))
        rest = rest.dropFirst(own.count)
        let outcome = objective.outcome(of: item, scores: own, weight: weight(index, member))
        guard outcome.value.isFinite else {
          throw .divergedSequence(step: step, row: item.source, loss: outcome.value)
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
    _ items: [RewardItem], _ scored: ScoredSequences, _ outcomes: [[RewardObjective.Outcome]]
  ) {
    let members = Double(scored.members.count)
    var start = 0
    for (index, item) in items.enumerated() {
      let scores = item.sequences.indices.map { sequence in
        scored.members.reduce(0) { $0 + $1[start + sequence] } / members
      }
      add(item, scores: scores, loss: outcomes.reduce(0) { $0 + $1[index].value } / members)
      start += item.packed.count
    }
  }
}

extension RewardModel {
  /// Adds the gradient of λ ‖θ‖² over all trained matrices, and returns its value.
  fileprivate func penalizeWeights(coefficient: Double) throws(EngineError) -> Double {
    var value = 0.0
    for name in trainedParameters.decayedNames {
      let squares = try trainedParameters[name].multiplied(by: trainedParameters[name]).sum()
      value += try coefficient * squares.values(as: Double.self)[0]
      try TorchEngine.backward([GradientSeed(squares, [coefficient])])
    }
    return value
  }
}
