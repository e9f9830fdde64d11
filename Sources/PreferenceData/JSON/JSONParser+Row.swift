extension JSONParser {
  /// What stands where a row should.
  enum RowElement {
    /// An object: the selected fields, and the names of the others that have a value.
    case row(fields: JSONObject, others: [String])
    /// Anything else, in words.
    case other(String)
  }

  /// The value that comes next; of an object, the selected fields alone are kept.
  mutating func row(_ selection: FieldSelection) throws(JSONSyntaxError) -> RowElement {
    skipWhitespace()
    switch peek {
    case UInt8(ascii: "{"):
      var members: [JSONObject.Member] = []
      var others: [String] = []
      try self.members { parser, name throws(JSONSyntaxError) in
        if selection.contains(name) {
          members.append(.init(name: name, value: try parser.value()))
        } else if try parser.skipValue() {
          others.append(name)
        }
      }
      return .row(fields: JSONObject(members: members), others: others)
    case UInt8(ascii: "["):
      var count = 0
      try elements { parser throws(JSONSyntaxError) in
        _ = try parser.skipValue()
        count += 1
      }
      return .other("a list of \(count)")
    default:
      return .other(try value().summary)
    }
  }

  /// Steps over the value that comes next, which must be as well-formed as one that is kept.
  ///
  /// - Returns: Whether it is anything but null.
  private mutating func skipValue() throws(JSONSyntaxError) -> Bool {
    skipWhitespace()
    switch peek {
    case UInt8(ascii: "["):
      try elements { parser throws(JSONSyntaxError) in _ = try parser.skipValue() }
      return true
    case UInt8(ascii: "{"):
      try members { parser, _ throws(JSONSyntaxError) in _ = try parser.skipValue() }
      return true
    default:
      return try value() != .null
    }
  }
}
