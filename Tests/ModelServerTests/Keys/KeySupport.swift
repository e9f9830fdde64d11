import WebSupport

@testable import ModelServer

extension KeyRecord {
  /// A record of a key that is its name.
  static func named(
    _ name: String, role: Role = .user, requests: Int? = nil, tokens: Int? = nil,
    concurrent: Int? = nil
  ) -> KeyRecord {
    var record = KeyRecord(name: name, digest: SecretDigest(hashing: name), role: role)
    record.requestsPerMinute = requests
    record.tokensPerMinute = tokens
    record.concurrentRequests = concurrent
    return record
  }
}
