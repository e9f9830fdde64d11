internal import Evaluations

/// What the members of an ensemble make of it, alone and together.
public struct EnsembleResult: Sendable, Hashable, Codable {
  /// The accuracy of one way to make one score of several.
  public struct Aggregation: Sendable, Hashable, Codable {
    /// How scores are made one.
    public var name: String
    /// The accuracy on all comparisons.
    public var accuracy: ShareEstimate
  }

  /// How many members.
  public var members: Int
  /// Each member alone, then the ways to join them.
  public var accuracies: [Aggregation]
  /// The mean over completions of the variance over members.
  public var meanVariance: Double
  /// Whether variance tells errors: the probability that a wrong comparison has more of it than a
  /// right one; ½ says it does not.
  public var errorDetection: Double?

  init?(_ rows: [ScoredRow]) {
    guard let members = rows.first?.scores.first?.members.count, members > 1 else { return nil }
    self.members = members
    let alone = (0..<members).map { member in
      ("member \(member + 1)", { (scores: [Double]) in scores[member] })
    }
    let lambda = 0.5
    let together: [(String, ([Double]) -> Double)] = [
      ("mean", EnsembleAggregation.mean.combine),
      ("median", EnsembleAggregation.median.combine),
      ("minimum", EnsembleAggregation.minimum.combine),
      (
        "mean − \(lambda)·variance",
        EnsembleAggregation.varianceDiscounted(lambda: lambda).combine
      ),
    ]
    accuracies = (alone + together).compactMap { name, combine in
      ShareEstimate(PairwiseAccuracy(margins: rows.margins(combine)))
        .map { Aggregation(name: name, accuracy: $0) }
    }
    let variances = rows.flatMap { $0.scores.map(\.variance) }
    guard let mean = MeanVariance(variances).mean else { return nil }
    meanVariance = mean
    let margins = rows.margins(EnsembleAggregation.mean.combine)
    let doubts = rows.flatMap { row in
      row.judged.comparisons.map { row.scores[$0.better].variance + row.scores[$0.worse].variance }
    }
    errorDetection =
      AreaUnderROC(
        positives: zip(margins, doubts).filter { $0.0 <= 0 }.map(\.1),
        negatives: zip(margins, doubts).filter { $0.0 > 0 }.map(\.1))?.value
  }
}

extension [ScoredRow] {
  /// The margins of all comparisons when members are joined in some way.
  fileprivate func margins(_ combine: ([Double]) -> Double) -> [Double] {
    flatMap { row in
      row.judged.comparisons.map {
        combine(row.scores[$0.better].members) - combine(row.scores[$0.worse].members)
      }
    }
  }
}

extension CompletionScore {
  /// The variance over members, the sum of squares divided by their number.
  var variance: Double { MeanVariance(members).variance(.population) ?? 0 }
}
