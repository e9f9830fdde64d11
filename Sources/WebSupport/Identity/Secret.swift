internal import Crypto

/// 256 random bits that prove who somebody is: a session, an invitation, a token of a program.
///
/// It is sent as ``text`` and never stored; what is stored is its ``digest``. It never shows up in a
/// log: its description is the word "secret".
public struct Secret: Sendable {
  static let byteCount = 32

  /// The 32 bytes.
  let bytes: [UInt8]

  /// A secret that nobody knows yet.
  ///
  /// - Parameter random: Where the bits come from, `SystemRandomNumberGenerator` outside of tests.
  public init(using random: inout some RandomNumberGenerator) {
    bytes = [UInt8].random(count: Self.byteCount, using: &random)
  }

  /// A secret that somebody shows.
  ///
  /// - Parameter text: 43 characters of base64url; anything else is no secret.
  public init?(text: some StringProtocol) {
    guard let bytes = Base64URL.bytes(of: text), bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// The secret as base64url: 43 characters that may stand in a cookie, a header or an address.
  public var text: String { Base64URL.text(of: bytes) }

  /// What is stored instead of the secret.
  public var digest: SecretDigest { SecretDigest(of: self) }
}

/// The SHA-256 of a secret. Who reads it learns nothing with which to sign in.
///
/// A plain hash is enough here, unlike for passwords: 256 random bits cannot be guessed.
public struct SecretDigest: Sendable, Equatable {
  /// The 32 bytes.
  let bytes: [UInt8]

  init(of secret: Secret) {
    bytes = Array(SHA256.hash(data: secret.bytes))
  }

  /// The digest of a text that serves as a secret, such as a key with a prefix. Of a ``Secret`` it is
  /// not that of its text.
  ///
  /// - Parameter text: Long and random, or the digest gives it away.
  public init(hashing text: String) {
    bytes = Array(SHA256.hash(data: Array(text.utf8)))
  }

  /// A digest that was stored.
  ///
  /// - Parameter text: What ``text`` was.
  public init?(text: some StringProtocol) {
    guard let bytes = Base64URL.bytes(of: text), bytes.count == SHA256.byteCount else { return nil }
    self.bytes = bytes
  }

  /// The digest as base64url, to be stored and looked up.
  public var text: String { Base64URL.text(of: bytes) }

  /// Compares in constant time.
  ///
  /// - Parameters:
  ///   - left: One digest.
  ///   - right: Another.
  /// - Returns: Whether they are equal.
  public static func == (left: SecretDigest, right: SecretDigest) -> Bool {
    ConstantTime.equal(left.bytes, right.bytes)
  }
}

extension Secret: Redacted {}
extension SecretDigest: Redacted {}

/// What never shows its content, however it is printed.
protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Redacted {
  /// The word "secret".
  public var description: String { "secret" }
  /// The word "secret".
  public var debugDescription: String { "secret" }
  /// Nothing: `dump` would look inside.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension [UInt8] {
  /// Random bytes.
  static func random(count: Int, using random: inout some RandomNumberGenerator) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }
}
