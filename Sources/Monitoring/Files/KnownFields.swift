/// The fields that a mapping of a file may have; a misspelt one would leave a guard at its default.
package enum KnownFields {
  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Refuses other fields.
  ///
  /// - Parameters:
  ///   - decoder: At the mapping.
  ///   - keys: What there is.
  ///   - owner: What has these fields, for the error: `a guardrail`.
  /// - Throws: `DecodingError` at the first other field.
  package static func check<Keys: CodingKey & CaseIterable>(
    _ decoder: any Decoder, _ keys: Keys.Type, of owner: String
  ) throws {
    let names = Keys.allCases.map(\.stringValue)
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys where !names.contains(key.stringValue) {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: container.codingPath + [key],
          debugDescription: "\(owner) has no field '\(key.stringValue)'; there are "
            + names.map { "'\($0)'" }.joined(separator: ", ")))
    }
  }
}

extension KeyedDecodingContainer {
  /// One of a few words.
  ///
  /// - Parameter key: The field.
  /// - Returns: The word.
  /// - Throws: `DecodingError` that lists the words.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: Key) throws -> Choice
  {
    if let choice = Choice(rawValue: try decode(String.self, forKey: key)) { return choice }
    throw DecodingError.dataCorruptedError(
      forKey: key, in: self,
      debugDescription: "it must be one of "
        + Choice.allCases.map(\.rawValue).joined(separator: ", "))
  }
}
