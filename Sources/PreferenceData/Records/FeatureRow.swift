/// Completions as vectors of numbers that somebody has measured: what a reward model without a
/// language model learns from, and scores.
public struct FeatureRow: Sendable, Hashable {
  /// `chosen_features` and `rejected_features` of a pair; otherwise `features` alone. All vectors of a
  /// file have one width, and their numbers fit into float32.
  public let vectors: [[Double]]
  /// By how much `chosen` is better, where the row says so, in units of the reward.
  public let margin: Double?
  /// How much the row counts: its `weight` times the weight of its `confidence`; 1 without either.
  public let weight: Double
  /// The share of annotators who preferred `chosen`, from 0 to 1, where several were asked.
  public let agreement: Double?
  /// Where the row stood.
  public let source: SourceLocation

  /// A row.
  ///
  /// - Parameters:
  ///   - vectors: Those of chosen and rejected, or one; all of one width.
  ///   - margin: By how much `chosen` is better, in units of the reward.
  ///   - weight: How much the row counts, at least 0.
  ///   - agreement: The share of annotators who preferred `chosen`, from 0 to 1.
  ///   - source: Where the row stood.
  public init(
    vectors: [[Double]], margin: Double? = nil, weight: Double = 1, agreement: Double? = nil,
    source: SourceLocation
  ) {
    precondition(
      Set(vectors.map(\.count)).count == 1, "vectors of the widths \(vectors.map(\.count))")
    self.vectors = vectors
    self.margin = margin
    self.weight = weight
    self.agreement = agreement
    self.source = source
  }
}
