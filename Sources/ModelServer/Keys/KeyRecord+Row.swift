internal import PreferenceData
internal import WebSupport

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension KeyRecord {
  /// The record as a line of a key file has it.
  var row: JSONObject {
    var row: JSONObject = [
      "name": .string(name), "digest": .string(digest.text), "role": .string(role.rawValue),
    ]
    for (name, limit) in [
      ("requests_per_minute", requestsPerMinute), ("tokens_per_minute", tokensPerMinute),
      ("concurrent", concurrentRequests),
    ] {
      if let limit { row.set(name, to: .number(Double(limit))) }
    }
    if let expiry { row.set("expires", to: .string(expiry.ISO8601Format())) }
    return row
  }

  /// Reads a line of a key file. A field that it does not know is refused: a misspelt limit would be
  /// none.
  ///
  /// - Throws: ``KeyRowProblem``.
  init(row: JSONObject) throws(KeyRowProblem) {
    let fields = KeyRow(row)
    guard case .string(let name) = fields["name"], Self.isName(name) else {
      throw KeyRowProblem(
        "'name' must be 1 to \(Self.longestName) letters, digits, '.', '_' or '-'")
    }
    guard case .string(let text) = fields["digest"], let digest = SecretDigest(text: text) else {
      throw KeyRowProblem("'digest' must be a SHA-256 in base64url, 43 characters")
    }
    self.init(name: name, digest: digest)
    if let value = fields["role"] {
      guard case .string(let word) = value, let role = Role(rawValue: word) else {
        throw KeyRowProblem("'role' is \(value.summary), but must be user or admin")
      }
      self.role = role
    }
    requestsPerMinute = try fields.limit("requests_per_minute")
    tokensPerMinute = try fields.limit("tokens_per_minute")
    concurrentRequests = try fields.limit("concurrent")
    if let value = fields["expires"] {
      guard case .string(let text) = value, let date = try? Date(text, strategy: .iso8601) else {
        throw KeyRowProblem(
          "'expires' is \(value.summary), but must be a time such as 2030-12-31T00:00:00Z")
      }
      expiry = date
    }
    if let name = fields.unknown {
      throw KeyRowProblem(
        "there is no field '\(name)'; there are \(KeyRow.names.joined(separator: ", "))")
    }
  }
}

/// What is wrong with a line of a key file, as the end of a sentence.
struct KeyRowProblem: Error {
  let text: String

  init(_ text: String) { self.text = text }
}

/// The fields of a line of a key file.
private struct KeyRow {
  static let names = [
    "name", "digest", "role", "requests_per_minute", "tokens_per_minute", "concurrent", "expires",
  ]

  private let row: JSONObject

  init(_ row: JSONObject) { self.row = row }

  subscript(name: String) -> JSONValue? { row[name].flatMap { $0 == .null ? nil : $0 } }

  /// A field that no record has.
  var unknown: String? { row.members.first { !Self.names.contains($0.name) }?.name }

  /// A number of things, at least 1.
  func limit(_ name: String) throws(KeyRowProblem) -> Int? {
    guard let value = self[name] else { return nil }
    guard case .number(let number) = value, let limit = Int(exactly: number),
      KeyLimits.range.contains(limit)
    else {
      throw KeyRowProblem(
        "'\(name)' is \(value.summary), but must be a whole number from "
          + "\(KeyLimits.range.lowerBound) to \(KeyLimits.range.upperBound)")
    }
    return limit
  }
}
