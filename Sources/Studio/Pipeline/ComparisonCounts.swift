/// After how many choices a reward model is trained: often at first, and then ever more seldom, since the
/// curve is flat in the end.
public enum ComparisonCounts {
  /// With fewer choices than that, nothing is learned.
  public static let fewest = 8

  /// Whether a reward model is trained there as choices come in: 8, 16, 24, 32, 48, 64, 96, 128, ….
  ///
  /// - Parameter count: How many choices there are.
  /// - Returns: Whether it is one of the sequence.
  public static func isMilestone(_ count: Int) -> Bool {
    var (step, milestone) = (fewest, fewest)
    while milestone < count {
      // Two steps to each doubling, from 16 on.
      if milestone >= 4 * step { step *= 2 }
      milestone += step
    }
    return milestone == count
  }

  /// The counts at which to train: the milestones that were passed since, and where it stands now.
  ///
  /// - Parameters:
  ///   - last: The last count with a reward model; 0 for none.
  ///   - count: How many choices there are.
  /// - Returns: Ascending counts; empty where there is nothing new to learn from.
  public static func due(after last: Int, upTo count: Int) -> [Int] {
    guard count >= fewest, count > last else { return [] }
    return ((last + 1)..<count).filter(isMilestone) + [count]
  }
}
