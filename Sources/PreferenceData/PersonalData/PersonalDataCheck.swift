/// Arithmetic that tells real numbers from those that only look so.
public enum PersonalDataCheck: Sendable, Hashable, CaseIterable {
  /// Luhn's formula (ISO/IEC 7812-1, annex B): from the right, every second digit counts double, less
  /// 9 if that has two digits; the sum is a multiple of 10.
  case luhn
  /// ISO 7064's MOD 97-10 as ISO 13616 applies it: the first four characters go to the end, letters
  /// count A = 10 to Z = 35, and the number that results leaves 1 when divided by 97.
  case mod97

  /// Whether a text satisfies the check; whatever is no ASCII letter or digit does not count.
  func holds(for text: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .luhn: Self.satisfiesLuhn(text)
    case .mod97: Self.leavesOne(text)
    }
  }

  private static func satisfiesLuhn(_ text: ArraySlice<UInt8>) -> Bool {
    let digits = text.filter(\.isDigit)
    let sum = digits.reversed().enumerated().reduce(0) { sum, place in
      let digit = Int(place.element - UInt8(ascii: "0"))
      let value = place.offset.isMultiple(of: 2) ? digit : 2 * digit
      return sum + (value > 9 ? value - 9 : value)
    }
    return !digits.isEmpty && sum.isMultiple(of: 10)
  }

  private static func leavesOne(_ text: ArraySlice<UInt8>) -> Bool {
    let characters = text.filter(\.isAlphanumeric)
    guard characters.count > 4 else { return false }
    let remainder = (characters[4...] + characters[..<4]).reduce(0) { remainder, character in
      guard character.isDigit else {
        let letter = Int(character | 0x20) - Int(UInt8(ascii: "a")) + 10
        return (100 * remainder + letter) % 97
      }
      return (10 * remainder + Int(character - UInt8(ascii: "0"))) % 97
    }
    return remainder == 1
  }
}

extension UInt8 {
  /// Whether it is an ASCII letter.
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

  /// Whether it is an ASCII letter or digit.
  var isAlphanumeric: Bool { isLetter || isDigit }
}
