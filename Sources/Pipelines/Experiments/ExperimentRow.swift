/// One measurement of an experiment: a line of its table.
protocol ExperimentRow: Codable, Sendable {
  /// The columns with what stands in them, in their order; the same columns in every row.
  var columns: [(name: String, value: ExperimentValue)] { get }
}

/// What stands in a cell of a table.
enum ExperimentValue: Sendable, Equatable {
  /// A text.
  case text(String)
  /// A number; nothing where it was not measured.
  case number(Double?)
}

extension ExperimentValue {
  /// As RFC 4180 has it: quoted where it must be.
  var csv: String {
    switch self {
    case .text(let text):
      text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    case .number(let number): number.map { "\($0)" } ?? ""
    }
  }
}

extension Collection where Element: ExperimentRow {
  /// The rows as CSV, with a heading; empty without rows.
  var csv: String {
    guard let first else { return "" }
    let heading = first.columns.map { ExperimentValue.text($0.name).csv }
    let lines = [heading] + map { $0.columns.map(\.value.csv) }
    return lines.map { $0.joined(separator: ",") + "\n" }.joined()
  }
}
