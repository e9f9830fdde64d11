public import WebSupport

/// What a program shows to be let in: `sk-attune-` and 256 random bits as 43 characters of base64url.
///
/// It is shown once, where it is made. What is kept is its ``digest``.
public struct APIKey: Sendable {
  private let secret: Secret

  /// A key that nobody knows yet.
  ///
  /// - Parameter random: Where the bits come from, `SystemRandomNumberGenerator` outside of tests.
  public init(using random: inout some RandomNumberGenerator) {
    secret = Secret(using: &random)
  }

  /// The key, for the header `Authorization: Bearer …`.
  public var text: String { "sk-attune-\(secret.text)" }

  /// What is kept instead of the key.
  public var digest: SecretDigest { SecretDigest(hashing: text) }
}
