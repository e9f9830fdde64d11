/// The accuracy on the pairs of one category, turn, strength or other key.
public struct AccuracyGroup<Key: Hashable & Sendable>: Sendable, Hashable {
  /// What the pairs have in common.
  public let key: Key
  /// The accuracy on them.
  public let accuracy: PairwiseAccuracy

  /// The accuracy on each group of pairs, groups in order of their first pair.
  ///
  /// - Parameters:
  ///   - margins: Chosen score − rejected score of each pair.
  ///   - keys: The key of each pair.
  /// - Returns: One entry for each distinct key.
  public static func groups(margins: [Double], keys: [Key]) -> [AccuracyGroup] {
    requireSameCount(margins.count, keys.count, "margins and keys")
    let rows = GroupedRows(keys)
    return (0..<rows.count).map { group in
      let members = rows[group]
      return AccuracyGroup(
        key: keys[members[members.startIndex]],
        accuracy: PairwiseAccuracy(margins: members.lazy.map { margins[$0] }))
    }
  }
}
