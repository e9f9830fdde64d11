/// McNemar's exact test of two models that judged the same items: only items on which they differ
/// carry information, and if the models are equally good those fall either way like a fair coin.
///
/// - SeeAlso: Quinn McNemar, Note on the Sampling Error of the Difference between Correlated
///   Proportions or Percentages, Psychometrika 12 (1947).
public struct McNemarTest: Sendable, Hashable {
  /// Items that are right after and were wrong before.
  public let gained: Int
  /// Items that were right before and are wrong after.
  public let lost: Int
  /// All items, those on which both agree among them.
  public let count: Int

  /// Compares two columns of verdicts, item by item.
  ///
  /// - Parameters:
  ///   - before: Whether the first model was right.
  ///   - after: Whether the second model was right about the same item.
  public init(before: [Bool], after: [Bool]) {
    requireSameCount(before.count, after.count, "verdicts before and after")
    let pairs = zip(before, after)
    gained = pairs.count { !$0 && $1 }
    lost = pairs.count { $0 && !$1 }
    count = before.count
  }

  /// The change of the share of right items, (gained − lost)/n; `nil` for no items.
  public var shift: Double? { count > 0 ? Double(gained - lost) / Double(count) : nil }

  /// The probability of a split at least as uneven were both equally good.
  public var pValue: Double { SignTest(positives: gained, negatives: lost).twoSidedPValue }
}
