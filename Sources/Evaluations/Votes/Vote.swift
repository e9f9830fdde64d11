/// Who won a comparison.
public enum VoteOutcome: Sendable, Hashable {
  /// The first of the two.
  case first
  /// The second of the two.
  case second
  /// Neither: half a win for each.
  case tie

  /// What the first got: 1, ½ or 0.
  var firstShare: Double {
    switch self {
    case .first: 1
    case .tie: 0.5
    case .second: 0
    }
  }
}

/// One comparison of two different items, for instance of two models' completions.
public struct Vote<Item: Hashable & Sendable>: Sendable, Hashable {
  /// One item.
  public let first: Item
  /// The other.
  public let second: Item
  /// Who won.
  public let outcome: VoteOutcome

  /// A vote.
  ///
  /// - Parameters:
  ///   - first: One item.
  ///   - second: Another item.
  ///   - outcome: Who won.
  public init(_ first: Item, _ second: Item, _ outcome: VoteOutcome) {
    precondition(first != second, "\(first) cannot be compared with itself")
    self.first = first
    self.second = second
    self.outcome = outcome
  }
}
