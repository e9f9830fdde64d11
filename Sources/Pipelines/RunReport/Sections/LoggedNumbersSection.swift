internal import Reports
internal import RunRecords

/// Every number that was logged, in short.
struct LoggedNumbersSection {
  let metrics: RunMetrics

  /// The section, where anything was logged.
  var section: ReportSection? {
    let names = metrics.names
    guard !names.isEmpty else { return nil }
    var table = ReportTable([
      .words("name"), .numbers("steps"), .numbers("first"), .numbers("least"),
      .numbers("greatest"), .numbers("last"),
    ])
    for name in names {
      let column = metrics.column(name)
      let finite = column.map(\.value).filter(\.isFinite)
      guard let first = column.first, let last = column.last else { continue }
      table.append([
        .init(name.rawValue), .init(NumberLabel.grouped(column.count)),
        Self.cell(first.value), Self.cell(finite.min()), Self.cell(finite.max()),
        Self.cell(last.value),
      ])
    }
    return ReportSection(
      "All numbers",
      [
        .details(
          "\(NumberLabel.grouped(names.count)) numbers under their names in metrics.jsonl and in "
            + "TensorBoard", [.table(table)])
      ])
  }

  private static func cell(_ value: Double?) -> ReportTable.Cell {
    guard let value else { return .init(NumberLabel.none) }
    guard value.isFinite else {
      return .init(value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞", tone: .alarming)
    }
    return .init(NumberLabel.significant(value))
  }
}
