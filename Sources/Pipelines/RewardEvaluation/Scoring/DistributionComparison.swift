internal import Tokenization
internal import Evaluations
internal import PreferenceData

/// Compares the hidden states of evaluated rows with those of reference data.
struct DistributionComparison {
  let rows: [ScoredRow]
  let reference: RewardEvaluation.Source
  /// How many rows are looked at, at most, on each side.
  let limit: Int
  let seed: UInt64

  /// Measures the distances.
  ///
  /// - Parameters:
  ///   - scorer: The model.
  ///   - progress: Told how far the work is; may throw to stop.
  /// - Returns: The comparison; `nil` where a side has no row.
  /// - Throws: What `progress` or the engine throws, or ``PipelineError``.
  func result(
    by scorer: any EvaluatedRewardModel, progress: (RewardEvaluation.Progress) throws -> Void
  ) throws -> DistributionResult? {
    var random = SeededGenerator(seed: seed)
    let chosen = random.permutation(of: reference.content.rows.count).prefix(limit).sorted()
    let candidates = chosen.map { reference.content.rows[$0] }
    let groups = candidates.map(\.bestGroup)
    let scores = try scorer.scores(of: groups) {
      try progress(.init(activity: "scoring reference", done: $0, total: groups.count))
    }
    let usual = zip(groups, scores).compactMap { group, scores in
      scores.flatMap(\.first).map { (group: group, variance: $0.variance) }
    }
    guard usual.count >= RewardEvaluation.leastReferences else {
      throw PipelineError.fewReferences(
        rows: usual.count, needed: RewardEvaluation.leastReferences)
    }
    let evaluated = random.permutation(of: rows.count).prefix(limit).sorted().map { rows[$0] }
    let all = usual.map(\.group) + evaluated.map(\.judged.bestGroup)
    let states = try scorer.hiddenStates(of: all) {
      try progress(.init(activity: "hidden states", done: $0, total: all.count))
    }
    let split = DatasetSplit(groups: usual.map(\.group.prompt), fraction: 0.2, seed: seed)
    let held = split.heldOut
    let measure = try MahalanobisDistance(reference: split.training.map { states[$0] })
    guard
      let distance = DistributionResult.Comparison(
        evaluated: states[usual.count...].map(measure.distance),
        reference: held.map { measure.distance(of: states[$0]) })
    else { return nil }
    let isEnsemble = (rows.first?.scores.first?.members.count ?? 1) > 1
    return DistributionResult(
      reference: reference.files, fittedOn: split.training.count, heldOut: held.count,
      evaluated: evaluated.count, shrinkage: measure.shrinkage, distance: distance,
      variance: isEnsemble
        ? DistributionResult.Comparison(
          evaluated: evaluated.map(\.bestScore.variance), reference: held.map { usual[$0].variance }
        )
        : nil)
  }
}

extension JudgedCompletions {
  /// The best completion alone.
  fileprivate var bestGroup: PromptCompletions {
    PromptCompletions(prompt, completions: [best])
  }
}

extension ScoredRow {
  /// What the model says about the best completion.
  fileprivate var bestScore: CompletionScore {
    scores[judged.completions.firstIndex(of: judged.best) ?? 0]
  }
}
