/// Which fields of a row somebody may ask for. The values of others are checked and not kept: an
/// embedding beside a pair costs no memory.
enum FieldSelection {
  /// Those that some kind of record has, and those of some other names.
  case records(and: Set<String>)
  /// All of them.
  case all
  /// Those of feature vectors.
  case features
  /// Those of some names, and no others.
  case columns(Set<String>)

  private static let recordFields = Set(
    RecordKind.allCases.flatMap { $0.requiredFields + $0.optionalFields })

  /// Those that some kind of record has.
  static let records = FieldSelection.records(and: [])

  func contains(_ name: String) -> Bool {
    switch self {
    case .all: true
    case .records(let others): Self.recordFields.contains(name) || others.contains(name)
    case .features: FeatureRow.fields.contains(name)
    case .columns(let columns): columns.contains(name)
    }
  }
}
