public import PreferenceData

extension BradleyTerryRanking {
  /// How each item's strength varies when the votes are drawn again, cluster by cluster.
  ///
  /// Rounds whose votes do not decide a ranking are undefined for every item; with `l2` above 0
  /// there are none. In a round that drew no vote on an item, its strength is the mean, 0.
  ///
  /// - Parameters:
  ///   - votes: Comparisons.
  ///   - clusters: What each vote must stay together with, for instance its prompt or its
  ///     annotator.
  ///   - l2: As of the ranking itself.
  ///   - bootstrap: How many rounds.
  ///   - random: The source of the draws; it is advanced.
  /// - Returns: Each item with the distribution of its θ.
  public static func bootstrap<Cluster: Hashable>(
    votes: [Vote<Item>], clusters: [Cluster], l2: Double = 0, bootstrap: Bootstrap = Bootstrap(),
    using random: inout SeededGenerator
  ) -> [(item: Item, strengths: BootstrapDistribution)] {
    requireSameCount(votes.count, clusters.count, "votes and clusters")
    let (numbers, votes) = ItemNumbers.number(votes)
    var values = [[Double]](repeating: [], count: numbers.count)
    bootstrap.resample(clusters: clusters, using: &random) { rows in
      let wins = WinTable(rows.lazy.map { votes[$0] }, items: numbers.count)
      guard let round = try? BradleyTerryRanking(numbers: numbers, wins: wins, l2: l2) else {
        return
      }
      for (item, strength) in round.strengths.enumerated() { values[item].append(strength) }
    }
    return zip(numbers.items, values).map { item, values in
      (item, BootstrapDistribution(values: values, rounds: bootstrap.rounds))
    }
  }
}
