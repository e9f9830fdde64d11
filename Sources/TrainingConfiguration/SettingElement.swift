/// A type of which a setting may have any number of values: `loss_weights: [0.8, 0.2]`.
///
/// A single value means a list of one, so that `loss_type: ipo` says what it means.
package protocol SettingElement: SettingValue {
  /// How a list of the type is called.
  static var listKind: SettingKind { get }
  /// A list as text.
  static func literal(of list: [Self]) -> SettingLiteral
  /// Reads the next element of a list.
  ///
  /// - Parameter list: The list, in front of the element.
  /// - Returns: The element.
  /// - Throws: ``UnfitElement`` or `DecodingError` if there is something else.
  static func read(next list: inout any UnkeyedDecodingContainer) throws -> Self
  /// What is allowed, if a list is not, to stand after "must be".
  ///
  /// - Parameters:
  ///   - list: Any number of values.
  ///   - limit: The numbers that are allowed, if there is a limit.
  /// - Returns: What is allowed, or `nil` when all values are.
  static func violation(in list: [Self], of limit: SettingLimit?) -> String?
}

/// An element of a list that is not what the setting must have.
struct UnfitElement: Error {
  /// The element as it was written.
  let text: String
}

extension SettingElement {
  /// Reads an element that decodes itself from a text.
  ///
  /// - Parameter list: The list, in front of the element.
  /// - Returns: The element.
  /// - Throws: ``UnfitElement`` or `DecodingError` if there is something else.
  package static func read(next list: inout any UnkeyedDecodingContainer) throws -> Self {
    do {
      return try list.decode(Self.self)
    } catch {
      // The container stays in front of what it could not decode.
      throw (try? list.decode(String.self)).map(UnfitElement.init) ?? error
    }
  }

  /// Each value of a list must be allowed by itself.
  package static func violation(in list: [Self], of limit: SettingLimit?) -> String? {
    list.lazy.compactMap { $0.violation(of: limit) }.first
  }
}

extension Array: SettingValue where Element: SettingElement {
  package static var kind: SettingKind { Element.listKind }
  package var literal: SettingLiteral { Element.literal(of: self) }

  /// Reads a list, or a single value as a list of one.
  package static func read(
    _ key: SettingKey, in container: KeyedDecodingContainer<SettingKey>
  ) throws -> Self {
    guard var list = try? container.nestedUnkeyedContainer(forKey: key) else {
      return [try Element.read(key, in: container)]
    }
    var values: [Element] = []
    while !list.isAtEnd { values.append(try Element.read(next: &list)) }
    return values
  }

  package func violation(of limit: SettingLimit?) -> String? {
    Element.violation(in: self, of: limit)
  }
}

extension String: SettingElement {
  package static var listKind: SettingKind {
    SettingKind(expectation: "a list of texts", placeholder: "text")
  }

  package static func literal(of list: [String]) -> SettingLiteral { .list(list) }

  package static func violation(in list: [String], of limit: SettingLimit?) -> String? {
    list.contains("") ? "a list of texts that are not empty" : nil
  }
}

extension Double: SettingElement {
  package static var listKind: SettingKind {
    SettingKind(expectation: "a list of numbers", placeholder: "number")
  }

  package static func literal(of list: [Double]) -> SettingLiteral {
    .words(list.map { "\($0)" })
  }

  /// Reads a number as it is written, in the decimal system.
  package static func read(next list: inout any UnkeyedDecodingContainer) throws -> Self {
    guard let text = try? list.decode(String.self) else { return try list.decode(Double.self) }
    guard let number = Double(decimal: text) else { throw UnfitElement(text: text) }
    return number
  }
}
