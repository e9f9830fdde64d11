/// Takes fields out of one row by type, and notes every one that is missing or of another type.
package struct RowDecoder {
  let row: Row
  /// What is wrong with the fields that were asked for so far.
  package private(set) var problems: [RowProblem] = []
  /// Whether some passage so far is a list of messages.
  private(set) var hasMessages = false

  init(_ row: Row) { self.row = row }

  /// Where the row stood.
  package var source: SourceLocation { row.source }

  /// Whether the row has a value under that name.
  package func has(_ name: String) -> Bool { row[name] != nil }

  /// Text, or a list of messages.
  package mutating func passage(_ name: String, or alias: String? = nil) -> Passage? {
    guard let (field, value) = required(name, or: alias) else { return nil }
    return passage(value, field: field)
  }

  mutating func passages(_ name: String) -> [Passage]? {
    guard let (_, value) = required(name) else { return nil }
    guard case .array(let values) = value, values.count >= 2 else {
      return refuse(name, value, allowed: "a list of two or more completions")
    }
    let passages = values.compactMap { passage($0, field: name) }
    return passages.count == values.count ? passages : nil
  }

  /// A list of completions, or one of them as it stands.
  package mutating func samples(_ name: String) -> [Passage]? {
    guard let (_, value) = required(name) else { return nil }
    guard case .array(let values) = value, Conversation.messages(in: value) == nil else {
      return passage(value, field: name).map { [$0] }
    }
    let passages = values.compactMap { passage($0, field: name) }
    return passages.count == values.count ? passages : nil
  }

  /// Whether the row has the field and says that it has no value.
  package func isNull(_ name: String) -> Bool { row.fields[name] == .null }

  mutating func ranks(_ name: String, count: Int?) -> [Int]? {
    guard let (_, value) = required(name) else { return nil }
    guard case .array(let values) = value else {
      return refuse(name, value, allowed: "a list of ranks, one a completion, 1 the best")
    }
    let ranks = values.compactMap { value -> Int? in
      guard case .number(let number) = value, let rank = Int(exactly: number), rank >= 1 else {
        return refuse(name, value, allowed: "ranks that are whole numbers from 1, the best")
      }
      return rank
    }
    guard ranks.count == values.count else { return nil }
    guard let count, count != ranks.count else { return ranks }
    note(
      name, seen: "\(ranks.count) ranks for \(count) completions", allowed: "one a completion",
      remedy: "give each completion its rank")
    return nil
  }

  /// True or false, which must be there.
  package mutating func boolean(_ name: String) -> Bool? {
    guard let (_, value) = required(name) else { return nil }
    guard case .boolean(let boolean) = value else {
      return refuse(name, value, allowed: "true or false", remedy: "write true or false unquoted")
    }
    return boolean
  }

  /// One of a few words, which must be there.
  package mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of _: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    guard let (_, value) = required(name) else { return nil }
    guard case .string(let text) = value, let choice = Choice(rawValue: text) else {
      let names = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      return refuse(name, value, allowed: names)
    }
    return choice
  }

  /// Text, if the field is there.
  package mutating func optionalText(_ name: String) -> String? {
    guard let value = row[name] else { return nil }
    guard case .string(let text) = value else { return refuse(name, value, allowed: "text") }
    return text
  }

  /// A number, if the field is there.
  package mutating func optionalNumber(_ name: String) -> Double? {
    guard let value = row[name] else { return nil }
    guard case .number(let number) = value else {
      return refuse(name, value, allowed: "a number", remedy: "write a number unquoted")
    }
    return number
  }

  /// A number from 0 to 1.
  package mutating func optionalShare(_ name: String) -> Double? {
    guard let number = optionalNumber(name) else { return nil }
    guard (0...1).contains(number) else {
      return refuse(name, .number(number), allowed: "a number from 0 to 1")
    }
    return number
  }

  /// A list of one number or more, each of which float32 can hold.
  ///
  /// - Parameters:
  ///   - name: The field.
  ///   - count: How many there are to be; `nil` for any number above 0.
  /// - Returns: `nil` where the field is none.
  package mutating func numbers(_ name: String, count: Int?) -> [Double]? {
    guard let (_, value) = required(name) else { return nil }
    guard case .array(let values) = value, !values.isEmpty else {
      return refuse(name, value, allowed: "a list of numbers, one at least")
    }
    var numbers: [Double] = []
    for (index, value) in values.enumerated() {
      guard case .number(let number) = value, Float(number).isFinite else {
        note(
          name, seen: "\(value.summary) at place \(index + 1) of the list",
          allowed: "a list of numbers that float32 can hold", remedy: "correct the value")
        return nil
      }
      numbers.append(number)
    }
    guard let count, count != numbers.count else { return numbers }
    note(
      name, seen: "a list of \(numbers.count)",
      allowed: "a list of \(count) numbers, as wide as the others",
      remedy: "give all vectors the same numbers in the same order")
    return nil
  }

  /// An object, if the field is there.
  package mutating func optionalObject(_ name: String) -> JSONObject? {
    guard let value = row[name] else { return nil }
    guard case .object(let object) = value else {
      return refuse(name, value, allowed: "an object")
    }
    return object
  }

  /// `weight` times what `confidence` weighs: its number, or 0.5, 0.75 and 1 for low, medium and
  /// high.
  mutating func weight() -> Double {
    var weight = optionalNumber("weight") ?? 1
    if weight < 0 {
      weight = refuse("weight", .number(weight), allowed: "a number from 0") ?? 1
    }
    switch row["confidence"] {
    case nil: return weight
    case .number(let number)? where number >= 0: return weight * number
    case .string("low")?: return weight * 0.5
    case .string("medium")?: return weight * 0.75
    case .string("high")?: return weight
    case let value?:
      return refuse(
        "confidence", value, allowed: "a number from 0, \"low\", \"medium\" or \"high\"") ?? weight
    }
  }

  // MARK: Problems

  private mutating func required(_ name: String, or alias: String? = nil) -> (String, JSONValue)? {
    switch (row[name], alias.flatMap { row[$0] }) {
    case (let value?, nil): return (name, value)
    case (nil, let value?): return (alias ?? name, value)
    case (_?, _?):
      note(
        name, seen: "it and `\(alias ?? "")` in one row", allowed: "one of the two",
        remedy: "remove the other")
    case (nil, nil):
      let columns = row.columns.quotedList
      note(
        name, seen: row.fields[name] == nil ? "no such field" : "null",
        allowed: alias.map { "a value under this name or `\($0)`" } ?? "a value",
        remedy: "add it; the row has \(columns.isEmpty ? "no fields" : columns)")
    }
    return nil
  }

  private mutating func passage(_ value: JSONValue, field: String) -> Passage? {
    switch value {
    case .string(let text): return .text(text)
    case .array(let elements):
      if let messages = Conversation.messages(in: value) {
        hasMessages = true
        return .messages(messages)
      }
      note(
        field, seen: Conversation.fault(in: elements), allowed: Conversation.allowed,
        remedy: "give every message a `role` and a `content` that are text")
      return nil
    default: return refuse(field, value, allowed: Conversation.allowed)
    }
  }

  private mutating func refuse<Value>(
    _ field: String, _ value: JSONValue, allowed: String, remedy: String = "correct the value"
  ) -> Value? {
    note(field, seen: value.summary, allowed: allowed, remedy: remedy)
    return nil
  }

  /// Notes a field that is there and not as it must be.
  package mutating func refuse(_ field: String, allowed: String) {
    note(
      field, seen: row[field]?.summary ?? "no such field", allowed: allowed,
      remedy: "correct the value")
  }

  private mutating func note(_ field: String, seen: String, allowed: String, remedy: String) {
    problems.append(
      RowProblem(
        source: row.source, field: field, seen: seen, allowed: allowed, remedy: remedy))
  }
}
