/// How a type of value is called in messages and usage lines.
package struct SettingKind: Equatable, Sendable {
  /// What a reader must give, to stand after "must be": "a whole number".
  package let expectation: String
  /// One word for the value in a usage line: "integer".
  package let placeholder: String
  /// The values there are, where there are only a few.
  package var choices: [String] = []
}

/// A type that a setting may have: how it is called, read, written and checked.
package protocol SettingValue: Codable, Equatable, Sendable {
  /// How the type is called.
  static var kind: SettingKind { get }
  /// The value as text.
  var literal: SettingLiteral { get }

  /// Reads the value of one key.
  ///
  /// - Parameters:
  ///   - key: The name of the setting.
  ///   - container: The mapping that has it.
  /// - Returns: The value.
  /// - Throws: `DecodingError` if there is something else.
  static func read(
    _ key: SettingKey, in container: KeyedDecodingContainer<SettingKey>
  ) throws -> Self

  /// What is allowed, if this value is not, to stand after "must be".
  ///
  /// - Parameter limit: The numbers that are allowed, if there is a limit.
  /// - Returns: What is allowed, or `nil` when the value is.
  func violation(of limit: SettingLimit?) -> String?
}

extension SettingValue {
  /// Reads the value as its type decodes itself.
  package static func read(
    _ key: SettingKey, in container: KeyedDecodingContainer<SettingKey>
  ) throws -> Self {
    try container.decode(Self.self, forKey: key)
  }

  /// Every value of the type is allowed.
  package func violation(of limit: SettingLimit?) -> String? { nil }
}

extension Double: SettingValue {
  package static var kind: SettingKind {
    SettingKind(expectation: "a number", placeholder: "number")
  }
  package var literal: SettingLiteral { .word("\(self)") }

  package static func read(
    _ key: SettingKey, in container: KeyedDecodingContainer<SettingKey>
  ) throws -> Self {
    try container.decodeDecimal(forKey: key)
  }

  package func violation(of limit: SettingLimit?) -> String? {
    guard let limit else { return isFinite ? nil : "finite" }
    return limit.allows(self) ? nil : "\(limit)"
  }
}

extension Int: SettingValue {
  package static var kind: SettingKind {
    SettingKind(expectation: "a whole number", placeholder: "integer")
  }
  package var literal: SettingLiteral { .word("\(self)") }

  package static func read(
    _ key: SettingKey, in container: KeyedDecodingContainer<SettingKey>
  ) throws -> Self {
    try container.decodeDecimal(forKey: key)
  }

  package func violation(of limit: SettingLimit?) -> String? {
    limit.flatMap { $0.allows(Double(self)) ? nil : "\($0)" }
  }
}

extension Bool: SettingValue {
  package static var kind: SettingKind {
    SettingKind(expectation: "true or false", placeholder: "true|false")
  }
  package var literal: SettingLiteral { .word("\(self)") }
}

extension String: SettingValue {
  package static var kind: SettingKind {
    SettingKind(expectation: "a text", placeholder: "text")
  }
  package var literal: SettingLiteral { .text(self) }

  package func violation(of limit: SettingLimit?) -> String? {
    isEmpty ? "a text that is not empty" : nil
  }
}

extension Optional: SettingValue where Wrapped: SettingValue {
  package static var kind: SettingKind { Wrapped.kind }
  package var literal: SettingLiteral { self?.literal ?? .none }

  /// Reads a value, or none where the file says `null`.
  package static func read(
    _ key: SettingKey, in container: KeyedDecodingContainer<SettingKey>
  ) throws -> Self {
    try container.decodeNil(forKey: key) ? nil : Wrapped.read(key, in: container)
  }

  package func violation(of limit: SettingLimit?) -> String? { self?.violation(of: limit) }
}

extension LosslessStringConvertible {
  /// A number in the decimal system: Swift itself would take `0x10` for a `Double`.
  ///
  /// - Parameter text: The number as it is written.
  init?(decimal text: String) {
    guard !text.contains(where: { "xX".contains($0) }) else { return nil }
    self.init(text)
  }
}

extension KeyedDecodingContainer<SettingKey> {
  /// A number as it is written, in the decimal system.
  ///
  /// Formats without types (YAML) give the text of a number. YAML 1.1 would read `010` as 8 and
  /// `1:30` as 90, which nobody who writes a seed or a rate means.
  fileprivate func decodeDecimal<Number: LosslessStringConvertible & Decodable>(
    forKey key: SettingKey
  ) throws -> Number {
    guard let text = try? decode(String.self, forKey: key) else {
      return try decode(Number.self, forKey: key)
    }
    guard let number = Number(decimal: text) else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: "'\(text)' is not a decimal number")
    }
    return number
  }
}
