public import PreferenceData

/// Percentile intervals of any statistic, by drawing the data again with replacement (Efron 1979).
///
/// What is drawn are clusters: rows of one prompt, or of one annotator, are not independent, and an
/// interval that draws them one by one is too narrow. The same generator state gives the same
/// intervals on every machine.
///
///     var random = SeededGenerator(seed: 0)
///     let means = Bootstrap().distribution(clusters: prompts, using: &random) { rows in
///       PairwiseAccuracy(margins: rows.map { margins[$0] }).value
///     }
///     means.interval(level: 0.95)
public struct Bootstrap: Sendable, Hashable {
  /// How often the data are drawn again.
  public let rounds: Int

  /// Bootstraps with a number of rounds.
  ///
  /// - Parameter rounds: At least 1; the ends of a 95 % interval want 1,000.
  public init(rounds: Int = 1000) {
    precondition(rounds > 0, "a bootstrap needs a round")
    self.rounds = rounds
  }

  /// The statistic of rows that are drawn one by one.
  ///
  /// - Parameters:
  ///   - count: How many rows the data have.
  ///   - random: The source of the draws; it is advanced.
  ///   - statistic: Takes indices of rows, with repetition; `nil` where it is undefined.
  /// - Returns: The statistic's value in every round.
  public func distribution(
    count: Int, using random: inout SeededGenerator, of statistic: ([Int]) -> Double?
  ) -> BootstrapDistribution {
    distribution(clusters: 0..<count, using: &random, of: statistic)
  }

  /// The statistic of rows whose clusters are drawn: all rows of a cluster, or none.
  ///
  /// - Parameters:
  ///   - clusters: The cluster of each row, for instance its prompt.
  ///   - random: The source of the draws; it is advanced.
  ///   - statistic: Takes indices of rows, with repetition; `nil` where it is undefined.
  /// - Returns: The statistic's value in every round.
  public func distribution<Cluster: Hashable>(
    clusters: some Sequence<Cluster>, using random: inout SeededGenerator,
    of statistic: ([Int]) -> Double?
  ) -> BootstrapDistribution {
    var values: [Double] = []
    values.reserveCapacity(rounds)
    resample(clusters: clusters, using: &random) { rows in
      if let value = statistic(rows) { values.append(value) }
    }
    return BootstrapDistribution(values: values, rounds: rounds)
  }

  /// Calls `body` once a round with the rows drawn.
  func resample<Cluster: Hashable>(
    clusters: some Sequence<Cluster>, using random: inout SeededGenerator, body: ([Int]) -> Void
  ) {
    let members = GroupedRows(clusters)
    var rows: [Int] = []
    for _ in 0..<rounds {
      rows.removeAll(keepingCapacity: true)
      for _ in 0..<members.count {
        rows += members[Int(random.uniform(below: UInt64(members.count)))]
      }
      body(rows)
    }
  }
}

/// What a statistic was in each round of a ``Bootstrap``.
public struct BootstrapDistribution: Sendable, Hashable {
  /// The rounds in which the statistic was undefined. They are left out, so that an interval beside
  /// many of them describes only the draws that were kind.
  public let undefinedRounds: Int
  private let sample: SortedSample

  init(values: [Double], rounds: Int) {
    sample = SortedSample(values)
    undefinedRounds = rounds - values.count
  }

  /// The values of the rounds, ascending.
  public var values: [Double] { sample.values }

  /// The percentile interval: from the (1 − level)/2 quantile to that of (1 + level)/2.
  ///
  /// - Parameter level: Above 0 and below 1.
  /// - Returns: `nil` where the statistic was undefined in every round.
  public func interval(level: Double = 0.95) -> ConfidenceInterval? {
    guard let lower = sample.quantile((1 - level) / 2), let upper = sample.quantile((1 + level) / 2)
    else { return nil }
    return ConfidenceInterval(lower: lower, upper: upper, level: level)
  }

  /// The standard deviation over rounds; `nil` with fewer than two values.
  public var standardError: Double? { MeanVariance(values).deviation(.sample) }
}
