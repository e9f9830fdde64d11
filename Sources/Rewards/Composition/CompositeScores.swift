/// What a ``CompositeReward`` makes of a batch, with each part on its own.
public struct CompositeScores: Sendable, Hashable {
  /// What one part gave.
  public struct Part: Sendable, Hashable {
    /// The name of the reward.
    public let name: String
    /// What the part counts.
    public let weight: Double
    /// The scores as the reward gave them.
    public let raw: [Double?]
    /// The scores after normalization and clipping, before the weight.
    public let used: [Double?]

    /// The mean of the raw scores; `nil` where the reward said nothing.
    public var mean: Double? {
      let scores = raw.compactMap(\.self)
      return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }
  }

  /// The parts in order.
  public let parts: [Part]
  /// Σ weight · used − penalty of each completion; `nil` where no part has anything to say.
  public let totals: [Double?]
}
