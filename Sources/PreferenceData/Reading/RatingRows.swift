/// What the rows of a table of ratings came to.
struct RatingRows {
  private(set) var names: [Rating<String>] = []
  private(set) var numbers: [Rating<Double>] = []
  private(set) var missing = 0
  private(set) var malformed = MalformedRows()

  private struct Slot: Hashable {
    let item: String
    let annotator: String
  }

  private let kind: RatingTable.ValueKind
  private var lines: [Slot: Int] = [:]

  init(kind: RatingTable.ValueKind) { self.kind = kind }

  mutating func add(_ scanned: ScannedRow) {
    switch scanned {
    case .problem(let problem): malformed.add([problem])
    case .row(let row): add(row)
    }
  }

  private mutating func add(_ row: Row) {
    var problems: [RowProblem] = []
    let item = name(in: "item", of: row, &problems)
    let annotator = name(in: "annotator", of: row, &problems)
    let value = value(of: row, &problems)
    if let item, let annotator, let value, problems.isEmpty {
      let slot = Slot(item: item, annotator: annotator)
      if let line = lines[slot] {
        problems.append(
          RowProblem(
            source: row.source, field: "value",
            seen: "a second value of annotator \(annotator.quotedExcerpt) for item "
              + "\(item.quotedExcerpt), the first in line \(line)",
            allowed: "one value an annotator and item", remedy: "remove one of the two"))
      } else {
        lines[slot] = row.source.line
        keep(value, of: slot)
      }
    }
    if !problems.isEmpty { malformed.add(problems) }
  }

  private mutating func keep(_ value: Value, of slot: Slot) {
    switch value {
    case .absent: missing += 1
    case .category(let name):
      names.append(Rating(item: slot.item, annotator: slot.annotator, value: name))
    case .number(let number):
      numbers.append(Rating(item: slot.item, annotator: slot.annotator, value: number))
    }
  }

  private enum Value {
    case absent
    case category(String)
    case number(Double)
  }

  /// Who or what a row is about.
  private func name(in field: String, of row: Row, _ problems: inout [RowProblem]) -> String? {
    if let name = row[field].flatMap(Self.name), !name.isEmpty { return name }
    let seen = row[field].map { Self.name(of: $0) == "" ? "an empty cell" : $0.summary }
    problems.append(
      RowProblem(
        source: row.source, field: field, seen: seen ?? "no such field",
        allowed: "a text or a number", remedy: "say which \(field) the value belongs to"))
    return nil
  }

  private func value(of row: Row, _ problems: inout [RowProblem]) -> Value? {
    guard let cell = row["value"] else { return .absent }
    let name = Self.name(of: cell)
    if name == "" { return .absent }
    switch kind {
    case .categories:
      if let name { return .category(name) }
    case .numbers, .amounts:
      if let number = name.flatMap(DecimalNumber.value), kind == .numbers || number >= 0 {
        return .number(number)
      }
    }
    problems.append(
      RowProblem(
        source: row.source, field: "value", seen: cell.summary, allowed: kind.allowed,
        remedy: kind.remedy))
    return nil
  }

  /// A text without blanks around it, a number or a Boolean as text.
  private static func name(of value: JSONValue) -> String? {
    switch value {
    case .string(let text): text.trimmingSpaces
    case .number(let number): JSONValue.text(of: number)
    case .boolean(let boolean): "\(boolean)"
    case .null, .array, .object: nil
    }
  }
}

extension RatingTable.ValueKind {
  fileprivate var allowed: String {
    switch self {
    case .categories: "a text, a number or a Boolean"
    case .numbers: "a number"
    case .amounts: "a number from 0"
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .categories: "name the category"
    case .numbers: "correct it, leave it empty where none was given, or take the level nominal"
    case .amounts:
      "correct it, leave it empty where none was given, or take the level interval, which has no zero"
    }
  }
}
