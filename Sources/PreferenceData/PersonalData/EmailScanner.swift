/// Finds e-mail addresses: around each `@` as far as the characters of an address go. Runs between
/// two `@` are looked at twice at most, so that the time is linear.
enum EmailScanner {
  static func matches(in text: TextStretch) -> [Range<Int>] {
    var (matches, free) = ([Range<Int>](), text.startIndex)
    for position in text.indices where text[position] == UInt8(ascii: "@") {
      var start = position
      while start > free, isLocal(text[start - 1]) { start -= 1 }
      while start < position, !isFirst(text[start]) { start += 1 }
      if start < position, let end = domainEnd(text, position + 1) {
        matches.append(start..<end)
        free = end
      } else {
        free = position + 1
      }
    }
    return matches
  }

  private static func isFirst(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == UInt8(ascii: "_")
  }

  // Not all that the standard allows: `=`, `/` and their like stand around addresses more often than in them.
  private static let localMarks = Set("._%+-'".utf8)

  private static func isLocal(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || localMarks.contains(byte)
  }

  /// Where the longest domain ends: labels with dots between, the last of two letters or more.
  private static func domainEnd(_ text: TextStretch, _ start: Int) -> Int? {
    var (label, best) = (start, Int?.none)
    while label < text.endIndex, text[label].isAlphanumeric {
      let letters = text.end(of: \.isLetter, from: label)
      if label > start, letters - label >= 2, !text.byte(at: letters).isDigit { best = letters }
      let end = text.end(of: { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }, from: label)
      // A name in Punycode, xn--…, may end in a digit.
      if label > start, text[label..<end].starts(with: Array("xn--".utf8)) { best = end }
      guard text.byte(at: end) == UInt8(ascii: ".") else { break }
      label = end + 1
    }
    return best
  }
}
