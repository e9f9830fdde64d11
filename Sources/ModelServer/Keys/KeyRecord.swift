public import WebSupport

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What a server knows of an API key: whose it is, what it may, and its digest.
public struct KeyRecord: Sendable, Equatable {
  /// What the key's owner may do.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    /// Ask the model, and say how good the answers are.
    case user
    /// Change how the server runs, too.
    case admin
  }

  /// The longest name.
  public static let longestName = 64

  /// Whose it is: the name by which logs and metrics call them.
  public let name: String
  /// The SHA-256 of the key.
  public let digest: SecretDigest
  /// What the owner may do.
  public var role: Role
  /// Requests in a minute; `nil` for any number.
  public var requestsPerMinute: Int?
  /// Tokens read and written in a minute; `nil` for any number.
  public var tokensPerMinute: Int?
  /// Requests at once; `nil` for any number.
  public var concurrentRequests: Int?
  /// From when on it is worth nothing; `nil` for never.
  public var expiry: Date?

  /// A key without limits.
  ///
  /// - Parameters:
  ///   - name: Whose it is, as ``isName(_:)`` has it.
  ///   - digest: The SHA-256 of the key.
  ///   - role: What the owner may do.
  public init(name: String, digest: SecretDigest, role: Role = .user) {
    precondition(Self.isName(name), "a key called '\(name)'")
    (self.name, self.digest, self.role) = (name, digest, role)
  }

  /// Whether a text can be a key's name: 1 to ``longestName`` of `a`–`z`, `A`–`Z`, `0`–`9`, `.`, `_`,
  /// `-`, so that it can stand in logs and metrics.
  ///
  /// - Parameter text: The text.
  /// - Returns: Whether it can.
  public static func isName(_ text: String) -> Bool {
    (1...longestName).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
        default: false
        }
      }
  }
}
