internal import CryptoExtras
internal import Foundation

/// What is stored of a password: its scrypt hash with the salt and the parameters.
///
///     scrypt$15$8$1$<salt>$<key>      log₂ N, r, p; salt and key in base64url
///
/// Passwords are compared in Unicode's normal form C (as RFC 8265 has it), so that "é" is the same
/// password on every keyboard.
public struct PasswordHash: Sendable {
  private static let saltSize = 16
  private static let keySize = 32

  /// The parameters.
  public let cost: ScryptCost
  private let salt: [UInt8]
  private let key: [UInt8]

  /// Hashes a password, which takes a tenth of a second: see ``PasswordHasher`` for servers.
  ///
  /// - Parameters:
  ///   - password: The password; ``PasswordRule`` has said yes to it.
  ///   - cost: How much work a guess takes.
  ///   - random: Where the salt comes from.
  public init(
    password: String, cost: ScryptCost = .standard, using random: inout some RandomNumberGenerator
  ) {
    self.cost = cost
    salt = [UInt8].random(count: Self.saltSize, using: &random)
    key = Self.key(of: password, salt: salt, cost: cost)
  }

  /// A hash that was stored, or nil if the text is none or its parameters are outside the limits.
  ///
  /// - Parameter text: What ``text`` was.
  public init?(text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt",
      let numbers = Self.numbers(parts[1...3]),
      let cost = ScryptCost(
        roundsExponent: numbers[0], blockSize: numbers[1], parallelism: numbers[2]),
      let salt = Base64URL.bytes(of: parts[4]), (8...64).contains(salt.count),
      let key = Base64URL.bytes(of: parts[5]), key.count == Self.keySize
    else { return nil }
    self.cost = cost
    self.salt = salt
    self.key = key
  }

  /// The hash as it is stored.
  public var text: String {
    "scrypt$\(cost.roundsExponent)$\(cost.blockSize)$\(cost.parallelism)$"
      + "\(Base64URL.text(of: salt))$\(Base64URL.text(of: key))"
  }

  /// Hashes a guess and compares, in a time that says nothing of how near it came.
  ///
  /// - Parameter password: The guess.
  /// - Returns: Whether it is the password.
  public func matches(_ password: String) -> Bool {
    ConstantTime.equal(key, Self.key(of: password, salt: salt, cost: cost))
  }

  /// Plain decimal numbers, without sign, blanks or leading zeros.
  private static func numbers(_ texts: some Sequence<Substring>) -> [Int]? {
    let numbers = texts.compactMap { text in Int(text).flatMap { "\($0)" == text ? $0 : nil } }
    return numbers.count == 3 ? numbers : nil
  }

  private static func key(of password: String, salt: [UInt8], cost: ScryptCost) -> [UInt8] {
    let normalized = Array(password.precomposedStringWithCanonicalMapping.utf8)
    do {
      let key = try KDF.Scrypt.deriveKey(
        from: normalized, salt: salt, outputByteCount: keySize, rounds: 1 << cost.roundsExponent,
        blockSize: cost.blockSize, parallelism: cost.parallelism)
      return key.withUnsafeBytes { Array($0) }
    } catch {
      // The limits of `ScryptCost` leave no parameters that scrypt refuses; what is left is memory.
      preconditionFailure("scrypt with \(cost) failed: \(error)")
    }
  }
}

extension PasswordHash: Redacted {}
