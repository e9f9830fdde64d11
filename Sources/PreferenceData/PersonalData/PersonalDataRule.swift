/// One kind of personal data: how it is recognised, and what it is called where it stood.
///
///     let badge = try PersonalDataRule(name: "badge", pattern: "B-[0-9]{6}")
///     PersonalDataScrubber(rules: PersonalDataRule.usual + [badge])
public struct PersonalDataRule: Sendable, Hashable {
  /// The rule's name, which is also its placeholder: `email` leaves `[email]`.
  public let name: String
  /// What texts of this kind look like.
  public let matcher: PersonalDataMatcher
  /// What their digits must satisfy; `nil` where the look is enough.
  public let check: PersonalDataCheck?

  private init(known name: String, _ matcher: PersonalDataMatcher, _ check: PersonalDataCheck?) {
    (self.name, self.matcher, self.check) = (name, matcher, check)
  }

  /// A rule of one's own.
  ///
  /// Expressions are those of Swift's `Regex`, which backtracks: nested repetitions such as `(a+)+$`
  /// can take very long on long texts. A match without a character is none.
  ///
  /// - Parameters:
  ///   - name: 1 to 40 lower-case letters, digits and `_`.
  ///   - pattern: A regular expression.
  ///   - check: What the digits of a match must satisfy.
  /// - Throws: ``PersonalDataError`` for a name or an expression that is none.
  public init(
    name: String, pattern: String, check: PersonalDataCheck? = nil
  ) throws(PersonalDataError) {
    guard (1...40).contains(name.utf8.count), name.utf8.allSatisfy(\.isNameByte) else {
      throw .name(name)
    }
    do {
      _ = try Regex(pattern)
    } catch {
      throw .pattern(rule: name, pattern: pattern, problem: String(describing: error))
    }
    self.init(known: name, .pattern(pattern), check)
  }

  /// What stands where such data stood.
  public var placeholder: String { "[\(name)]" }
}

extension PersonalDataRule {
  /// User name and password of an address: what stands before the `@` after `://`.
  public static let credentials = PersonalDataRule(known: "credentials", .credentials, nil)
  /// The value of a query field such as `token`, `api_key` or `password`.
  public static let token = PersonalDataRule(known: "token", .queryToken, nil)
  /// Keys of programs that are known by their beginnings, such as `sk-…` and `ghp_…`, tokens of three parts
  /// and private keys.
  public static let key = PersonalDataRule(known: "key", .key, nil)
  /// E-mail addresses with a domain of two labels or more, in ASCII.
  public static let email = PersonalDataRule(known: "email", .email, nil)
  /// International bank account numbers of the length that their country has, with remainder 1 by 97.
  public static let iban = PersonalDataRule(known: "iban", .iban, .mod97)
  /// Numbers of payment cards: 13 to 19 digits that begin with 2 to 6 and pass Luhn's check.
  public static let card = PersonalDataRule(known: "card", .cardNumber, .luhn)
  /// IPv4 and IPv6 addresses.
  public static let ipAddress = PersonalDataRule(known: "ip_address", .ipAddress, nil)
  /// Social security numbers of the United States, with their hyphens or blanks.
  public static let socialSecurity = PersonalDataRule(known: "ssn", .socialSecurity, nil)
  /// Telephone numbers: international ones with `+`, North American ones, and national ones that
  /// begin with 0, the latter two with separators.
  public static let phone = PersonalDataRule(known: "phone", .phone, nil)

  /// The rules for what has a form of its own, in the order in which they are tried.
  ///
  /// What has none is left: names, street addresses, dates of birth, e-mail addresses beyond ASCII,
  /// numbers without separators that could be anything, keys and passwords of no known form. What only looks the same goes too: one in
  /// ten numbers passes Luhn's check, and a version `10.0.0.1` is an address.
  public static let usual = [
    credentials, token, key, email, iban, card, ipAddress, socialSecurity, phone,
  ]
}

extension UInt8 {
  /// Whether names of rules have it: a lower-case letter, a digit or `_`.
  var isNameByte: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || isDigit || self == UInt8(ascii: "_")
  }
}
