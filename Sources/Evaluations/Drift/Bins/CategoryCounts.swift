/// How often each category occurs in a reference and in current data, side by side.
public struct CategoryCounts<Label: Hashable & Comparable & Sendable>: Sendable, Hashable {
  /// All categories of either side, ascending.
  public let labels: [Label]
  /// How often each occurs in the reference.
  public let reference: [Int]
  /// How often each occurs in the current data.
  public let current: [Int]

  /// Counts.
  ///
  /// - Parameters:
  ///   - reference: The category of each row of the reference.
  ///   - current: The category of each current row.
  public init(reference: some Sequence<Label>, current: some Sequence<Label>) {
    var counts: [Label: (reference: Int, current: Int)] = [:]
    for label in reference { counts[label, default: (0, 0)].reference += 1 }
    for label in current { counts[label, default: (0, 0)].current += 1 }
    let sorted = counts.sorted { $0.key < $1.key }
    labels = sorted.map(\.key)
    self.reference = sorted.map(\.value.reference)
    self.current = sorted.map(\.value.current)
  }
}
