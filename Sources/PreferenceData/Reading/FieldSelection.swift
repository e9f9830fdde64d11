/// Which fields of a row somebody may ask for. The values of others are checked and not kept: an
/// embedding beside a pair costs no memory.
enum FieldSelection {
  /// Those that some kind of record has.
  case records
  /// Those of feature vectors.
  case features
  /// One of any name.
  case column(String)

  private static let recordFields = Set(
    RecordKind.allCases.flatMap { $0.requiredFields + $0.optionalFields })

  func contains(_ name: String) -> Bool {
    switch self {
    case .records: Self.recordFields.contains(name)
    case .features: FeatureRow.fields.contains(name)
    case .column(let column): column == name
    }
  }
}
