/// What a kind of personal data looks like. Each form but a pattern is read by hand in one pass, as
/// an expression that backtracks can be made to take hours.
public enum PersonalDataMatcher: Sendable, Hashable {
  /// An e-mail address.
  case email
  /// A telephone number.
  case phone
  /// The number of a payment card.
  case cardNumber
  /// An international bank account number.
  case iban
  /// A social security number of the United States.
  case socialSecurity
  /// An IPv4 or IPv6 address.
  case ipAddress
  /// User name and password in an address.
  case credentials
  /// The value of a query field that holds a secret.
  case queryToken
  /// A key that lets a program in.
  case key
  /// A regular expression.
  case pattern(String)

  /// Whether it is a regular expression.
  var isPattern: Bool {
    if case .pattern = self { true } else { false }
  }

  /// Where such data stands.
  ///
  /// - Parameters:
  ///   - text: A stretch of text without placeholders.
  ///   - check: What a match must satisfy.
  /// - Returns: Ranges of indices of `text` in order, none empty and no two overlapping.
  func matches(in text: TextStretch, check: PersonalDataCheck?) -> [Range<Int>] {
    let holds = { (range: Range<Int>) in check?.holds(for: text[range]) ?? true }
    return switch self {
    case .email: EmailScanner.matches(in: text).filter(holds)
    case .credentials: AddressScanner.credentials(in: text).filter(holds)
    case .queryToken: AddressScanner.tokens(in: text).filter(holds)
    case .key: KeyScanner.matches(in: text).filter(holds)
    case .ipAddress: IPAddressScanner.matches(in: text).filter(holds)
    case .phone: Self.matches(in: text, ends: NumberScanner.phoneEnds, holds)
    case .cardNumber: Self.matches(in: text, ends: NumberScanner.cardEnds, holds)
    case .socialSecurity: Self.matches(in: text, ends: NumberScanner.socialSecurityEnds, holds)
    case .iban: Self.matches(in: text, ends: BankAccountScanner.ends, holds)
    case .pattern(let pattern): Self.matches(of: pattern, in: text).filter(holds)
    }
  }

  /// Matches of forms that have a greatest length: at each place the possible ends, the farthest
  /// first, of which the first that holds is taken.
  private static func matches(
    in text: TextStretch, ends: (TextStretch, Int) -> [Int],
    _ holds: (Range<Int>) -> Bool
  ) -> [Range<Int>] {
    var (matches, position) = ([Range<Int>](), text.startIndex)
    while position < text.endIndex {
      if let end = ends(text, position).first(where: { holds(position..<$0) }) {
        matches.append(position..<end)
        position = end
      } else {
        position += 1
      }
    }
    return matches
  }

  private static func matches(of pattern: String, in text: TextStretch) -> [Range<Int>] {
    // A compiled expression cannot be kept in a Sendable value; compiling takes microseconds.
    guard let expression = try? Regex(pattern) else { return [] }
    let string = String(decoding: text[text.indices], as: UTF8.self)
    return string.matches(of: expression).compactMap { match in
      let start = string.utf8.distance(from: string.startIndex, to: match.range.lowerBound)
      let end = string.utf8.distance(from: string.startIndex, to: match.range.upperBound)
      return start == end ? nil : text.startIndex + start..<text.startIndex + end
    }
  }
}
