extension JSONValue {
  /// The value as one line of JSON, keys in their order.
  ///
  /// - Returns: nil where a number within is NaN or infinite, which JSON cannot say.
  package var text: String? {
    var text = ""
    return append(to: &text) ? text : nil
  }

  private func append(to text: inout String) -> Bool {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let value):
      guard value.isFinite else { return false }
      text += Self.text(of: value)
    case .string(let value): Self.append(value, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += ", " }
        guard value.append(to: &text) else { return false }
      }
      text += "]"
    case .object(let object):
      text += "{"
      for (index, member) in object.members.enumerated() {
        if index > 0 { text += ", " }
        Self.append(member.name, to: &text)
        text += ": "
        guard member.value.append(to: &text) else { return false }
      }
      text += "}"
    }
    return true
  }

  /// Adds a text as JSON has it: in quotes, on one line, with control characters escaped.
  ///
  /// - Parameters:
  ///   - string: The text.
  ///   - text: What it is added to.
  package static func append(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
