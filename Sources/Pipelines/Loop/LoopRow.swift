public import PreferenceData

/// A record of a turn before it is written: what it says, and where it is from.
public struct LoopRow: Sendable, Hashable {
  /// The fields, a prompt among them.
  public var fields: JSONObject
  /// The path of the file that it is from.
  public var file: String

  /// A row.
  ///
  /// - Parameters:
  ///   - fields: The fields, a prompt among them.
  ///   - file: The path of the file that it is from.
  public init(_ fields: JSONObject, from file: String) {
    (self.fields, self.file) = (fields, file)
  }

  /// What its prompt is known by: all that differs in white space at the ends alone is one prompt.
  var prompt: String { text(of: "prompt") }

  /// A field as text; empty where it is missing.
  func text(of name: String) -> String {
    switch fields[name] {
    case .string(let text)?: text.trimmedOfBlanks
    case let value?: value.text ?? ""
    case nil: ""
    }
  }

  /// The fields as they are written, the file and the lineage with them.
  func written(_ lineage: LoopLineage) -> JSONObject {
    var row = fields
    row.set("file", to: .string(file))
    row.set("lineage", to: .string(lineage.description))
    return row
  }
}

extension String {
  fileprivate var trimmedOfBlanks: String {
    let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex
    return String(self[..<end].drop(while: \.isWhitespace))
  }
}
