/// Token ids whose probabilities are asked for beside those of the targets.
public struct TokenCandidates: Equatable, Sendable {
  /// The candidates of all targets, one after another.
  public let ids: [Int64]
  /// Where the candidates of each target begin; one more than there are targets.
  public let offsets: [Int64]

  /// Candidates by target.
  ///
  /// - Parameters:
  ///   - ids: The candidates of all targets, one after another.
  ///   - offsets: Where the candidates of each target begin, and at last where those of the last end.
  public init(ids: [Int64], offsets: [Int64]) {
    precondition(
      offsets.first == 0 && offsets.last == Int64(ids.count)
        && zip(offsets, offsets.dropFirst()).allSatisfy(<=),
      "offsets that do not divide \(ids.count) candidates")
    self.ids = ids
    self.offsets = offsets
  }
}
