/// What becomes of the matches of a `Split`: the names and rules of the `tokenizers` library.
enum SplitBehavior: String, CaseIterable, Sendable {
  /// Matches disappear.
  case removed = "Removed"
  /// Every match is a piece of its own.
  case isolated = "Isolated"
  /// A match ends the piece before it.
  case mergedWithPrevious = "MergedWithPrevious"
  /// A match begins the piece after it.
  case mergedWithNext = "MergedWithNext"
  /// Neighbouring matches are one piece.
  case contiguous = "Contiguous"

  /// A stretch of text, and whether it is a match or lies between matches.
  typealias Stretch = (range: Range<Int>, isMatch: Bool)

  /// The pieces that stretches covering a text become.
  func pieces(of stretches: [Stretch]) -> [Range<Int>] {
    switch self {
    case .removed: stretches.filter { !$0.isMatch }.map(\.range)
    case .isolated: stretches.map(\.range)
    case .contiguous: Self.joined(stretches) { $0 == $1 }
    case .mergedWithPrevious: Self.joined(stretches) { !$0 && $1 }
    case .mergedWithNext: Self.joined(stretches) { $0 && !$1 }
    }
  }

  /// Joins each stretch with the one before it where the rule says so, given both `isMatch`.
  private static func joined(
    _ stretches: [Stretch], where rule: (_ previous: Bool, _ current: Bool) -> Bool
  ) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var previous: Bool?
    for (range, isMatch) in stretches {
      if let before = previous, rule(before, isMatch), let last = pieces.popLast() {
        pieces.append(last.lowerBound..<range.upperBound)
      } else {
        pieces.append(range)
      }
      previous = isMatch
    }
    return pieces
  }
}
