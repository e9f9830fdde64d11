/// What one row came to.
enum RowOutcome<Record> {
  case record(Record)
  case unusable(DropReason)
  /// The decoder holds the problems.
  case malformed
}

extension RowOutcome {
  func map<Other>(_ transform: (Record) -> Other) -> RowOutcome<Other> {
    switch self {
    case .record(let record): .record(transform(record))
    case .unusable(let reason): .unusable(reason)
    case .malformed: .malformed
    }
  }
}
