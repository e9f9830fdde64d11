/// A regular expression that is known to be one.
public struct Pattern: Sendable, Hashable, Codable {
  /// The expression as it was written.
  public let text: String

  /// Checks an expression.
  ///
  /// - Parameter text: An expression of Swift's `Regex`.
  /// - Throws: What is wrong with it.
  public init(_ text: String) throws {
    _ = try Regex(text)
    self.text = text
  }

  /// Reads an expression.
  ///
  /// - Parameter decoder: At a text.
  /// - Throws: What is wrong with it.
  public init(from decoder: any Decoder) throws {
    try self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the expression as a text.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// Whether it matches anywhere in a text.
  func matches(_ candidate: String) -> Bool {
    // A compiled expression cannot be kept in a Sendable value; compiling takes microseconds.
    guard let expression = try? Regex(text) else { return false }
    return candidate.firstMatch(of: expression) != nil
  }
}

extension RuleFields {
  /// A regular expression.
  func pattern(_ key: some CodingKey) throws -> Pattern? {
    guard let text = try text(key) else { return nil }
    do {
      return try Pattern(text)
    } catch {
      throw self.error(key, "it is no regular expression: \(error)")
    }
  }
}
