internal import HTTPTypes

/// The fields of a form, or of an address after "?", in the order in which they were sent.
///
/// It reads `application/x-www-form-urlencoded` strictly: browsers and well-made programs write
/// nothing that it refuses, and what is odd is refused rather than guessed at.
public struct FormFields: Sendable, Hashable {
  /// A name and a value.
  public struct Field: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The value, possibly empty.
    public let value: String
  }

  /// What is taken at most.
  public struct Limits: Sendable, Hashable {
    /// Fields.
    public var fields: Int
    /// Bytes of a name.
    public var name: Int
    /// Bytes of a value.
    public var value: Int

    /// Limits.
    ///
    /// - Parameters:
    ///   - fields: Fields.
    ///   - name: Bytes of a name.
    ///   - value: Bytes of a value.
    public init(fields: Int = 200, name: Int = 100, value: Int = 100_000) {
      self.fields = fields
      self.name = name
      self.value = value
    }
  }

  /// The fields in order; a name can occur several times.
  public let fields: [Field]

  /// Reads a form.
  ///
  /// - Parameters:
  ///   - bytes: The body, or what follows "?".
  ///   - limits: What is taken at most.
  /// - Throws: ``WebFailure`` with status 400, or 413 beyond a limit.
  public init(
    parsing bytes: some Collection<UInt8>, limits: Limits = Limits()
  ) throws(WebFailure) {
    var fields: [Field] = []
    if !bytes.isEmpty {
      for pair in bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
        guard fields.count < limits.fields else {
          throw Self.tooLarge("The form has more than \(limits.fields) fields")
        }
        let parts = pair.split(
          separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
          throw .badRequest("form", "The form has a field without a value sign, \"=\".")
        }
        let name = try Self.text(parts[0], limit: limits.name, what: "name")
        guard !name.isEmpty else {
          throw .badRequest("form", "The form has a field without a name.")
        }
        let value = try Self.text(parts[1], limit: limits.value, what: "value")
        fields.append(Field(name: name, value: value))
      }
    }
    self.fields = fields
  }

  /// All values of a name.
  ///
  /// - Parameter name: The name.
  /// - Returns: The values in the order in which they were sent.
  public func all(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The one value of a name.
  ///
  /// - Parameter name: The name.
  /// - Returns: The value, possibly empty.
  /// - Throws: ``WebFailure`` with status 400 if there is none, or several.
  public func one(_ name: String) throws(WebFailure) -> String {
    guard let value = try optional(name) else {
      throw .badRequest("form", "The form has no field \"\(name)\".")
    }
    return value
  }

  /// The value of a name that may be left out.
  ///
  /// - Parameter name: The name.
  /// - Returns: The value, nil where there is none.
  /// - Throws: ``WebFailure`` with status 400 if there are several.
  public func optional(_ name: String) throws(WebFailure) -> String? {
    let values = all(name)
    guard values.count <= 1 else {
      throw .badRequest("form", "The form has the field \"\(name)\" \(values.count) times.")
    }
    return values.first
  }

  private static func text(
    _ bytes: some Collection<UInt8>, limit: Int, what: String
  ) throws(WebFailure) -> String {
    // Three bytes can stand for one, so that more cannot fit.
    guard bytes.count <= 3 * limit else { throw tooLong(what, limit) }
    var decoded: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst()?.hexadecimalValue,
          let low = rest.popFirst()?.hexadecimalValue
        else {
          throw .badRequest("form", "A \(what) has a \"%\" without two hexadecimal digits.")
        }
        decoded.append(high << 4 | low)
      case 0x21...0x7E: decoded.append(byte)
      default:
        throw .badRequest(
          "form", "A \(what) has the byte \(byte) as it is, which must be percent-encoded.")
      }
    }
    guard decoded.count <= limit else { throw tooLong(what, limit) }
    guard let text = String(validating: decoded, as: UTF8.self) else {
      throw .badRequest("form", "A \(what) is not UTF-8.")
    }
    // C libraries and databases take it for the end of a text.
    guard !decoded.contains(0) else { throw .badRequest("form", "A \(what) has a zero byte.") }
    return text
  }

  private static func tooLong(_ what: String, _ limit: Int) -> WebFailure {
    tooLarge("A \(what) has more than \(limit) bytes")
  }

  private static func tooLarge(_ words: String) -> WebFailure {
    WebFailure(.contentTooLarge, code: "too_large", "\(words), which is the limit.")
  }
}
