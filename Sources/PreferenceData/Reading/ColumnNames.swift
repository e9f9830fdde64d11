/// The names of the fields that have a value in some row of a file.
struct ColumnNames {
  /// Rows may have ids for names, a new one each: of those that no record has, the first are kept.
  private static let keptOthers = 100

  /// The fields that some kind of record has.
  private(set) var known: Set<String> = []
  private(set) var others: Set<String> = []
  /// Whether `completion` is a list of texts in some row.
  private var hasSamples = false
  /// The columns of the row before: most rows have the same.
  private var last: [String] = []

  /// All names, as far as they are kept.
  var all: Set<String> { known.union(others) }

  /// What they make up.
  var kind: RecordKind? {
    RecordKind.detect(columns: known, lists: hasSamples ? ["completion"] : [])
  }

  /// Adds those of a row.
  ///
  /// - Returns: Whether there is something new by which kinds of records differ.
  mutating func add(_ row: Row) -> Bool {
    let hadSamples = hasSamples
    if !hasSamples, case .array(let values)? = row.fields["completion"],
      case .string? = values.first
    {
      hasSamples = true
    }
    return addNames(of: row) || hasSamples != hadSamples
  }

  private mutating func addNames(of row: Row) -> Bool {
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
