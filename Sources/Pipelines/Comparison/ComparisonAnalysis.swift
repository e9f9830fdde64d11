internal import Evaluations
internal import PreferenceData
internal import Sandbox

/// Computes what a comparison says about each model. Every interval draws the same prompts, so that none
/// depends on what else is computed.
struct ComparisonAnalysis {
  let table: ComparisonTable
  let baseline: Int
  let seed: UInt64

  /// The penalty λ/2·Σθ² of the ranking: small beside the comparisons, and enough for a model that has won
  /// them all to have a strength.
  static let rankingPenalty = 0.5

  /// The mean of some rows' numbers.
  private func mean(
    _ values: [Double]?, where isCounted: (ComparedPrompt) -> Bool = { _ in true }
  ) -> MeanEstimate? {
    guard let values else { return nil }
    let rows = values.indices.filter { isCounted(table.prompts[$0]) }
    return MeanEstimate(
      rows.map { values[$0] }, clusters: rows.map { table.clusters[$0] }, seed: seed)
  }

  private func share(
    _ model: Int, where isCounted: (ComparedPrompt) -> Bool,
    of holds: (ComparedCompletion) -> Bool
  ) -> ShareEstimate? {
    let rows = table.prompts.indices.filter { isCounted(table.prompts[$0]) }
    return ShareEstimate(
      rows.map { holds(table[model][$0]) ? 1 : 0 }, clusters: rows.map { table.clusters[$0] },
      seed: seed)
  }

  private func differences(
    _ model: Int, _ value: (ComparedCompletion) -> Double?
  ) -> MeanEstimate? {
    guard model != baseline, let own = table.column(model, value),
      let other = table.column(baseline, value)
    else { return nil }
    return mean(zip(own, other).map { $0 - $1 })
  }

  /// Everything about a model but what depends on the other models' p-values.
  ///
  /// - Parameters:
  ///   - index: Which model.
  ///   - model: The model.
  ///   - furtherJudges: The names of further judges.
  ///   - strength: Its place in the ranking.
  /// - Returns: The result, without ``ComparedModelResult/adjustedPValue``.
  func result(
    _ index: Int, _ model: ComparedModel, furtherJudges: [String],
    strength: ComparedModelResult.Strength?
  ) -> ComparedModelResult {
    let completions = table[index]
    let scores = table.column(index, \.score)
    var result = ComparedModelResult(
      name: model.name, directory: model.directory, isBaseline: index == baseline,
      score: mean(scores), difference: differences(index, \.score),
      furtherScores: furtherJudges.enumerated().compactMap { place, judge in
        func value(_ completion: ComparedCompletion) -> Double? { completion.furtherScores[place] }
        return mean(table.column(index, value)).map {
          .init(judge: judge, score: $0, difference: differences(index, value))
        }
      },
      gold: ComparedModelResult.GoldParts(completions), strength: strength,
      kl: mean(table.column(index, \.divergence)),
      length: ComparedModelResult.Length(completions),
      diversity: ComparedModelResult.Diversity(completions, prompts: table.clusters),
      kinds: kinds(scores))
    let refusals = ComparedModelResult.Refusals(
      harmful: share(index, where: { $0.isHarmful == true }, of: \.refuses),
      harmless: share(index, where: { $0.isHarmful == false }, of: \.refuses))
    if refusals.harmful != nil || refusals.harmless != nil { result.refusals = refusals }
    if result.gold != nil {
      result.safe = share(index, where: { $0.isHarmful == true }) { $0.gold?.harmlessness == 1 }
    }
    if index != baseline { addWins(of: index, to: &result) }
    return result
  }

  private func addWins(of model: Int, to result: inout ComparedModelResult) {
    let shares = table.shares(of: model, against: baseline)
    result.winRate = ShareEstimate(shares, clusters: table.clusters, seed: seed)
    result.record = ComparedModelResult.Record(shares)
    var balance: [Int: Double] = [:]
    for (cluster, share) in zip(table.clusters, shares) {
      balance[cluster, default: 0] += share - 0.5
    }
    result.pValue = SignTest(differences: Array(balance.values)).twoSidedPValue
    let lengths = zip(table[model], table[baseline]).map {
      Double($0.text.unicodeScalars.count - $1.text.unicodeScalars.count)
    }
    result.lengthControlledWinRate = lengthControlled(shares, lengths)
    if let rate = result.winRate, rate.value == 0 || rate.value == 1 {
      // Nothing was fitted, and no draw would differ.
      result.lengthControlledWinRate?.lower = rate.lower
      result.lengthControlledWinRate?.upper = rate.upper
    }
  }

  private func lengthControlled(
    _ shares: [Double], _ lengths: [Double]
  ) -> ComparedModelResult.LengthControlled? {
    guard let fit = LengthControlledWinRate(preferences: shares, lengthDifferences: lengths) else {
      return nil
    }
    var random = SeededGenerator(seed: seed)
    let rounds = Bootstrap().distribution(clusters: table.clusters, using: &random) { rows in
      LengthControlledWinRate(
        preferences: rows.map { shares[$0] }, lengthDifferences: rows.map { lengths[$0] })?.value
    }
    return rounds.interval().map {
      .init(
        value: fit.value, lower: $0.lower, upper: $0.upper,
        lengthCoefficient: fit.lengthCoefficient)
    }
  }

  private func kinds(_ scores: [Double]?) -> [ComparedModelResult.Kind] {
    let names = Set(table.prompts.compactMap(\.kind)).sorted()
    return names.compactMap { kind in
      mean(scores) { $0.kind == kind }.map { .init(kind: kind, score: $0) }
    }
  }

  /// The strengths of all models by all comparisons; empty where the votes do not determine them.
  func strengths() -> [ComparedModelResult.Strength] {
    let (votes, clusters) = table.votes
    guard let ranking = try? BradleyTerryRanking(votes: votes, l2: Self.rankingPenalty) else {
      return []
    }
    var random = SeededGenerator(seed: seed)
    let rounds = BradleyTerryRanking.bootstrap(
      votes: votes, clusters: clusters, l2: Self.rankingPenalty, using: &random)
    let ranks = Dictionary(
      uniqueKeysWithValues: ranking.standings.enumerated().map { ($1.item, $0 + 1) })
    return ranking.items.sorted().compactMap { item in
      guard let rank = ranks[item], let value = ranking.strength(of: item),
        let rating = ranking.rating(of: item),
        let interval = rounds.first(where: { $0.item == item })?.strengths.interval()
      else { return nil }
      return .init(
        rank: rank, value: value, lower: interval.lower, upper: interval.upper, rating: rating)
    }
  }
}
