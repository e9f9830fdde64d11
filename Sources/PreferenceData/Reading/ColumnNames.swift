/// The names of the fields that have a value in some row of a file.
struct ColumnNames {
  /// Rows may have ids for names, a new one each: of those that no record has, the first are kept.
  private static let keptOthers = 100

  /// The fields that some kind of record has.
  private(set) var known: Set<String> = []
  private(set) var others: Set<String> = []
  /// The columns of the row before: most rows have the same.
  private var last: [String] = []

  /// All names, as far as they are kept.
  var all: Set<String> { known.union(others) }

  /// Adds those of a row.
  ///
  /// - Returns: Whether there is a new one that some kind of record has.
  mutating func add(_ row: Row) -> Bool {
    if row.columns.elementsEqual(last) { return false }
    last = Array(row.columns)
    let before = known.count
    for name in last {
      if FieldSelection.records.contains(name) {
        known.insert(name)
      } else if others.count < Self.keptOthers {
        others.insert(name)
      }
    }
    return known.count > before
  }
}
