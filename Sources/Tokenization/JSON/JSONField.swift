/// A value in a JSON document together with its path, so that an error can say where it is.
struct JSONField {
  let document: JSONDocument
  let node: Int
  /// For instance `model.merges[3]`; empty for the whole document.
  let path: String

  init(root document: JSONDocument) {
    self.init(document: document, node: 0, path: "")
  }

  private init(document: JSONDocument, node: Int, path: String) {
    self.document = document
    self.node = node
    self.path = path
  }

  /// Whether the value is `null`.
  var isNull: Bool { document.nodes[node].kind == .null }

  /// Whether the value is a string.
  var isText: Bool { document.isText(node) }

  /// Whether the value is an object.
  var isObject: Bool { document.nodes[node].kind == .object }

  /// An error at this value.
  func error(_ message: String) -> TokenizerError {
    TokenizerError(
      file: document.file, place: path.isEmpty ? nil : path, message: message)
  }

  /// The field of an object, or nil when it is absent or `null`.
  func optional(_ name: String) throws(TokenizerError) -> JSONField? {
    for (key, field) in try members() where key == name {
      return field.isNull ? nil : field
    }
    return nil
  }

  /// The field of an object.
  func required(_ name: String) throws(TokenizerError) -> JSONField {
    for (key, field) in try members() where key == name { return field }
    throw error("the field '\(name)' is missing.")
  }

  /// Refuses an object that has other fields than these: each may change the ids.
  func allowOnly(_ names: String...) throws(TokenizerError) {
    for (key, field) in try members() where !names.contains(key) {
      throw field.error("unknown field; known are \(names.joined(separator: ", ")).")
    }
  }

  /// Names and values of an object, in the order of the file.
  func members() throws(TokenizerError) -> [(name: String, field: JSONField)] {
    guard isObject else { throw mismatch("an object") }
    var members: [(name: String, field: JSONField)] = []
    var index = node + 1
    while index < document.following(node) {
      let name = document.text(of: index)
      let place = path.isEmpty ? name : "\(path).\(name)"
      members.append((name, JSONField(document: document, node: index + 1, path: place)))
      index = document.following(index + 1)
    }
    return members
  }

  /// The values of an array.
  func elements() throws(TokenizerError) -> [JSONField] {
    guard document.nodes[node].kind == .array else { throw mismatch("an array") }
    var elements: [JSONField] = []
    var index = node + 1
    while index < document.following(node) {
      elements.append(
        JSONField(document: document, node: index, path: "\(path)[\(elements.count)]"))
      index = document.following(index)
    }
    return elements
  }

  /// The value as a string.
  func string() throws(TokenizerError) -> String {
    guard isText else { throw mismatch("a string") }
    return document.text(of: node)
  }

  /// The value as a Boolean.
  func boolean() throws(TokenizerError) -> Bool {
    switch document.nodes[node].kind {
    case .yes: return true
    case .no: return false
    default: throw mismatch("true or false")
    }
  }

  /// The value as a token id.
  func tokenID() throws(TokenizerError) -> Int32 {
    guard let value = document.integer(of: node), value >= 0, value <= Vocabulary.largestID else {
      throw mismatch("a token id from 0 to \(Vocabulary.largestID)")
    }
    return Int32(value)
  }

  /// Whether the value is the number zero.
  var isZero: Bool { ["the number 0", "the number 0.0"].contains(seen) }

  /// An error that says what the value should have been and what it is.
  func mismatch(_ expected: String) -> TokenizerError {
    error("must be \(expected), but is \(seen).")
  }

  /// What stands here, in a few words.
  var seen: String {
    switch document.nodes[node].kind {
    case .null: return "null"
    case .yes: return "true"
    case .no: return "false"
    case .array: return "an array"
    case .object: return "an object"
    case .string, .escapedString: return "the string \"\(document.text(of: node))\""
    case .number:
      let value = document.nodes[node]
      let digits = document.bytes[Int(value.start)..<Int(value.end)]
      return "the number \(String(decoding: digits, as: UTF8.self))"
    }
  }
}
