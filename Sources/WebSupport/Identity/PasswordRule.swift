internal import Foundation

/// What a password must be: long, and not the name. Nothing about digits and signs, which make
/// passwords hard to remember and not hard to guess (NIST SP 800-63B, section 3.1.1).
public enum PasswordRule {
  /// The fewest characters.
  public static let fewest = 10
  /// The most characters.
  public static let most = 256

  /// Checks a password that somebody chooses.
  ///
  /// - Parameters:
  ///   - password: The password.
  ///   - name: The name with which they sign in.
  /// - Throws: ``PasswordRefusal``.
  public static func check(_ password: String, name: String) throws(PasswordRefusal) {
    guard password.count >= fewest else { throw .tooShort(password.count) }
    // Code points are counted too: one character can have any number.
    guard password.unicodeScalars.count <= most else { throw .tooLong }
    guard key(password) != key(name) else { throw .isName }
    guard Set(password).count > 2 else { throw .monotonous }
  }

  /// A text without case and blanks.
  private static func key(_ text: String) -> String {
    text.lowercased().filter { !$0.isWhitespace }.precomposedStringWithCompatibilityMapping
  }
}

/// Why a password is not taken, as a sentence.
public enum PasswordRefusal: Error, Sendable, Hashable {
  /// It has that few characters.
  case tooShort(Int)
  /// It has too many characters.
  case tooLong
  /// It is the person's name.
  case isName
  /// It repeats one or two characters.
  case monotonous
}

extension PasswordRefusal: CustomStringConvertible {
  /// A full sentence that says what is wrong and what to do.
  public var description: String {
    switch self {
    case .tooShort(let count):
      "The password has \(count) \(count == 1 ? "character" : "characters"), but must have at least "
        + "\(PasswordRule.fewest); a few words in a row are easy to remember."
    case .tooLong:
      "The password has more than \(PasswordRule.most) characters; choose a shorter one."
    case .isName:
      "The password is the name, which everybody knows; choose another."
    case .monotonous:
      "The password repeats one or two characters, which is soon guessed; choose another."
    }
  }
}
