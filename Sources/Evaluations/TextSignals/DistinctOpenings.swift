/// How many different openings completions have: a policy that has collapsed begins every answer
/// with the same words.
public struct DistinctOpenings: Sendable, Hashable, Codable {
  /// How many different openings there are.
  public let distinct: Int
  /// How many completions there are.
  public let total: Int

  /// Compares how completions begin.
  ///
  /// - Parameters:
  ///   - completions: Tokens or words. A completion of fewer tokens than `length` is its own opening.
  ///   - length: How many tokens make an opening, at least 1.
  public init(_ completions: [[some Hashable]], length: Int = 5) {
    precondition(length > 0, "openings of \(length) tokens")
    distinct = Set(completions.map { $0.prefix(length) }).count
    total = completions.count
  }

  /// distinct/total; `nil` for no completions.
  public var share: Double? { total > 0 ? Double(distinct) / Double(total) : nil }
}
