/// Any JSON value. Unlike Foundation's, it tells `true` from 1 and keeps an object's keys in order.
public enum JSONValue: Sendable, Hashable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number, as the nearest Double.
  case number(Double)
  /// Text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Names and values.
  case object(JSONObject)
}

/// The members of a JSON object in the order in which they stand; no name occurs twice.
public struct JSONObject: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// A name and its value.
  public struct Member: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The value.
    public let value: JSONValue
  }

  /// The members in order.
  public private(set) var members: [Member]

  /// An object from names and values in order.
  ///
  /// - Parameter elements: Names, each different, and their values.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    precondition(
      Set(elements.map(\.0)).count == elements.count, "a name occurs twice in \(elements.map(\.0))")
    self.init(members: elements.map { Member(name: $0, value: $1) })
  }

  /// An object whose names are known to differ.
  init(members: [Member]) {
    self.members = members
  }

  /// The members of some names that have a value other than null.
  func filtered(by names: Set<String>) -> JSONObject {
    JSONObject(members: members.filter { names.contains($0.name) && $0.value != .null })
  }

  /// The value of that name; objects in data have few members, so that a linear search is the
  /// fastest.
  ///
  /// - Parameter name: The member's name.
  public subscript(name: String) -> JSONValue? {
    members.first { $0.name == name }?.value
  }

  /// Adds a member at the end, or gives an existing one another value in its place.
  ///
  /// - Parameters:
  ///   - name: The member's name.
  ///   - value: Its value.
  public mutating func set(_ name: String, to value: JSONValue) {
    let member = Member(name: name, value: value)
    if let index = members.firstIndex(where: { $0.name == name }) {
      members[index] = member
    } else {
      members.append(member)
    }
  }
}

extension JSONValue {
  /// What a person sees in the row, short enough for a line of an error message.
  package var summary: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "the Boolean \(value)"
    case .number(let value): "the number \(Self.text(of: value))"
    case .string(let text): "the text \(text.quotedExcerpt)"
    case .array(let values): "a list of \(values.count)"
    case .object(let object):
      "an object with the keys \(object.members.map(\.name).quotedList)"
    }
  }

  /// The shortest decimal that reads back as the same Double, without a fraction where it has none.
  static func text(of number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(describing: number)
  }
}

extension Sequence<String> {
  /// The names as a sentence lists them; of very many, the first.
  var quotedList: String {
    let limit = 12
    let names = Array(prefix(limit + 1))
    let list = names.prefix(limit).map { "`\($0.excerpt)`" }.joined(separator: ", ")
    return names.count > limit ? "\(list), …" : list
  }
}

extension String {
  /// The first characters in quotes, on one line.
  var quotedExcerpt: String { "\"\(excerpt)\"" }

  /// The first characters on one line. It counts code points: one character can have any number.
  var excerpt: String {
    let limit = 40
    let scalars = unicodeScalars.prefix(limit + 1)
    let line = String(String(scalars.prefix(limit)).map { $0.isNewline ? " " : $0 })
    return scalars.count > limit ? line + .ellipsis : line
  }
}
