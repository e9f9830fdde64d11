internal import PreferenceData

/// What a row's `label` or `labels` says.
enum StatedLabels {
  /// Which labels are true and which are false.
  case flags([String: Bool])
  /// Those that are true.
  case names([String])

  /// What is wrong with a row, as an error.
  struct Problem: Error {
    let row: RowProblem
  }

  /// Reads a row.
  ///
  /// - Parameters:
  ///   - row: It has kept `label` and `labels`.
  ///   - name: What a label without a name is called.
  /// - Returns: The labels, or what is wrong with them.
  static func read(_ row: DataRow, label name: String) -> Result<StatedLabels, Problem> {
    switch (row.furtherFields["labels"], row.furtherFields["label"]) {
    case (let labels?, nil): several(labels, row)
    case (nil, let label?): one(label, name, row)
    case (_?, _?):
      problem(
        row, "labels", seen: "it and `label` in one row", allowed: "one of the two",
        remedy: "remove the other")
    case (nil, nil):
      problem(
        row, "label", seen: "no such field", allowed: "true, false, 1, 0 or the name of a label",
        remedy: "add it, or a list or an object of `labels`")
    }
  }

  private static func one(
    _ label: JSONValue, _ name: String, _ row: DataRow
  ) -> Result<StatedLabels, Problem> {
    if let flag = flag(label) { return .success(.flags([name: flag])) }
    // A cell of CSV is text.
    switch label {
    case .string("1"): return .success(.flags([name: true]))
    case .string("0"): return .success(.flags([name: false]))
    case .string(let text) where !text.isEmpty: return .success(.names([text]))
    default:
      return problem(
        row, "label", seen: label.summary, allowed: "true, false, 1, 0 or the name of a label",
        remedy: "correct the value")
    }
  }

  private static func several(_ labels: JSONValue, _ row: DataRow) -> Result<StatedLabels, Problem>
  {
    switch labels {
    case .array(let values):
      let names = values.compactMap { if case .string(let name) = $0 { name } else { nil } }
      if names.count == values.count { return .success(.names(names)) }
    case .object(let object):
      let members = object.members.filter { $0.value != .null }
      let flags = members.compactMap { member in flag(member.value).map { (member.name, $0) } }
      if flags.count == members.count { return .success(.flags(Dictionary(flags) { $1 })) }
    default: break
    }
    return problem(
      row, "labels", seen: labels.summary,
      allowed: "a list of names, or an object of names with true or false",
      remedy: "correct the value")
  }

  private static func flag(_ value: JSONValue) -> Bool? {
    switch value {
    case .boolean(let flag): flag
    case .number(1): true
    case .number(0): false
    default: nil
    }
  }

  static func problem<Value>(
    _ row: DataRow, _ field: String, seen: String, allowed: String, remedy: String
  ) -> Result<Value, Problem> {
    .failure(
      Problem(
        row: RowProblem(
          source: row.source, field: field, seen: seen, allowed: allowed, remedy: remedy)))
  }
}
