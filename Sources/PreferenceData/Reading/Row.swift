/// One row of a file before anyone asks what it means.
struct Row {
  let source: SourceLocation
  let fields: JSONObject

  /// The value of a field; null is as good as absent.
  subscript(name: String) -> JSONValue? {
    fields[name].flatMap { $0 == .null ? nil : $0 }
  }

  /// The names of the fields that have a value.
  var columns: some Sequence<String> {
    fields.members.lazy.filter { $0.value != .null }.map(\.name)
  }
}

/// All rows of one file, and what could not be read as a row.
struct Table {
  let path: String
  var rows: [Row] = []
  var problems: [RowProblem] = []

  /// The names of all fields that have a value in some row.
  var columns: Set<String> {
    rows.reduce(into: []) { columns, row in columns.formUnion(row.columns) }
  }

  mutating func add(_ fields: JSONObject, line: Int) {
    rows.append(Row(source: SourceLocation(file: path, line: line), fields: fields))
  }

  mutating func addProblem(line: Int, seen: String, allowed: String, remedy: String) {
    problems.append(
      RowProblem(
        source: SourceLocation(file: path, line: line), field: nil, seen: seen, allowed: allowed,
        remedy: remedy))
  }
}
