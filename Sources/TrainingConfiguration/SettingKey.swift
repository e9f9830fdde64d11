/// The name of a setting, known or not, as a coding key.
package struct SettingKey: CodingKey, Equatable, Sendable {
  /// The name as it stands in a file.
  package let stringValue: String
  /// Always `nil`: settings have names.
  package var intValue: Int? { nil }

  /// A key of any name.
  ///
  /// - Parameter stringValue: The name.
  package init(_ stringValue: String) { self.stringValue = stringValue }

  /// A key of any name.
  ///
  /// - Parameter stringValue: The name.
  package init?(stringValue: String) { self.stringValue = stringValue }

  /// No key: settings have names.
  ///
  /// - Parameter intValue: An index.
  package init?(intValue: Int) { nil }
}

extension KeyedDecodingContainer<SettingKey> {
  /// What stands at a key, in words, for an error message.
  ///
  /// - Parameter key: A key of the container.
  /// - Returns: A quoted text, a number, or the kind of thing it is; and the text, if it is one.
  func seen(at key: SettingKey) -> (words: String, text: String?) {
    if (try? decodeNil(forKey: key)) == true { return ("empty", nil) }
    // Formats without types (YAML) give the text of any scalar, those with types (JSON) only texts.
    if let text = try? decode(String.self, forKey: key) { return ("'\(text)'", text) }
    if let truth = try? decode(Bool.self, forKey: key) { return ("\(truth)", nil) }
    if let number = try? decode(Double.self, forKey: key) { return ("\(number)", nil) }
    if (try? nestedUnkeyedContainer(forKey: key)) != nil { return ("a list", nil) }
    return ("a mapping", nil)
  }
}
