public import HTTPTypes
internal import WebSupport

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// The keys that a server knows. Without any, nobody is let in.
public struct KeyRing: Sendable, Equatable {
  /// What is known of each.
  public let records: [KeyRecord]

  /// A ring of keys.
  ///
  /// - Parameter records: What is known of each; their names differ.
  public init(_ records: [KeyRecord]) {
    precondition(Set(records.map(\.name)).count == records.count, "two keys have one name")
    self.records = records
  }

  /// Whose key it is. Every digest is compared, each in constant time, so that the time says neither
  /// how near a guess came nor to which key.
  ///
  /// - Parameter key: What a request shows; a text of any form.
  /// - Returns: What is known of it, `nil` if nobody has it: nobody has the empty one, even where a setting that
  ///   was left empty has made a digest of it. It may have expired.
  public func record(presenting key: String) -> KeyRecord? {
    let digest = SecretDigest(hashing: key)
    var found: KeyRecord?
    for record in records where record.digest == digest { found = record }
    return key.isEmpty ? nil : found
  }

  /// Finds out who is asking.
  ///
  /// - Parameters:
  ///   - headers: The request's header.
  ///   - now: This moment.
  /// - Returns: What is known of the key.
  /// - Throws: ``RequestProblem`` with status 401 where there is no key, an unknown or an expired one.
  public func authenticate(
    _ headers: HTTPFields, now: Date
  ) throws(RequestProblem) -> KeyRecord {
    let fields = headers[values: .authorization]
    guard let field = fields.first else { throw .missingKey }
    let parts = field.split(separator: " ", maxSplits: 1)
    guard fields.count == 1, parts.count == 2, parts[0].lowercased() == "bearer" else {
      throw .missingKey
    }
    guard let record = record(presenting: String(parts[1].drop { $0 == " " })) else {
      throw .wrongKey
    }
    if let expiry = record.expiry, expiry <= now { throw .expiredKey }
    return record
  }
}
