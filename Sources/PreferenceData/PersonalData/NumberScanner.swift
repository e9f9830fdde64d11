/// Finds what could be the number of a card, a person or a telephone. Each form has a greatest length,
/// so that a place of the text is looked at a bounded number of times.
enum NumberScanner {
  /// Where card numbers that begin at an index end, the longest first: 13 to 19 digits with single
  /// blanks or hyphens between. A group of digits is whole or left out.
  static func cardEnds(_ text: TextStretch, _ start: Int) -> [Int] {
    guard (UInt8(ascii: "2")...UInt8(ascii: "6")).contains(text[start]), isFree(text, before: start)
    else { return [] }
    return groupEnds(text, start, separators: [.space, .hyphen], atMost: 19)
      .filter { $0.digits >= 13 && isFree(text, after: $0.end) }.map(\.end).reversed()
  }

  /// Where a social security number ends: three, two and four digits. Those that are never given
  /// (areas 000, 666 and from 900, group 00, number 0000) are other numbers.
  static func socialSecurityEnds(_ text: TextStretch, _ start: Int) -> [Int] {
    let end = start + 11
    guard text[start].isDigit, isFree(text, before: start), end <= text.endIndex,
      isFree(text, after: end)
    else { return [] }
    let parts = [text[start..<start + 3], text[start + 4..<start + 6], text[start + 7..<end]]
    let separator = text[start + 3]
    guard parts.allSatisfy({ $0.allSatisfy(\.isDigit) }), separator == text[start + 6],
      separator == .hyphen || separator == .space, text[start] != UInt8(ascii: "9"),
      !parts[0].elementsEqual("666".utf8),
      parts.allSatisfy({ part in part.contains { $0 != UInt8(ascii: "0") } })
    else { return [] }
    return [end]
  }

  /// Where a telephone number ends, the longest first.
  static func phoneEnds(_ text: TextStretch, _ start: Int) -> [Int] {
    guard isFree(text, before: start) else { return [] }
    let separators: Set<UInt8> = [.space, .hyphen, .dot, .slash, .open, .close]
    if text[start] == UInt8(ascii: "+") {
      let first = text.byte(at: start + 1)
      guard first.isDigit, first != UInt8(ascii: "0") else { return [] }
      return groupEnds(text, start + 1, separators: separators, atMost: 15)
        .filter { $0.digits >= 8 && isFree(text, after: $0.end) }.map(\.end).reversed()
    }
    if let end = northAmericanEnd(text, start) { return [end] }
    guard text[start] == UInt8(ascii: "0"),
      !text[start..<min(start + 3, text.endIndex)].elementsEqual("000".utf8)
    else { return [] }
    // One separator throughout, as dates with times have several.
    return [UInt8.space, .hyphen, .dot, .slash].flatMap { separator in
      groupEnds(text, start, separators: [separator], atMost: 12)
        .filter { $0.groups > 1 && $0.digits >= 9 && isFree(text, after: $0.end) }.map(\.end)
    }.sorted(by: >)
  }

  /// `(212) 555-0123`, `212-555-0123`, `212.555.0123`, `1 212 555 0123`.
  private static func northAmericanEnd(_ text: TextStretch, _ start: Int) -> Int? {
    var index = start
    if text[index] == UInt8(ascii: "1"), isLineSeparator(text.byte(at: index + 1)) { index += 2 }
    let isOpen = text.byte(at: index) == .open
    if isOpen { index += 1 }
    for (place, count) in [3, 3, 4].enumerated() {
      guard place == 2 || (UInt8(ascii: "2")...UInt8(ascii: "9")).contains(text.byte(at: index)),
        (index..<index + count).allSatisfy({ text.byte(at: $0).isDigit })
      else { return nil }
      index += count
      if place == 2 { break }
      if place == 0, isOpen {
        guard text.byte(at: index) == .close else { return nil }
        index += text.byte(at: index + 1) == .space ? 2 : 1
      } else {
        guard isLineSeparator(text.byte(at: index)) else { return nil }
        index += 1
      }
    }
    return isFree(text, after: index) ? index : nil
  }

  private static func isLineSeparator(_ byte: UInt8) -> Bool {
    byte == .hyphen || byte == .dot || byte == .space
  }

  /// The ends of groups of digits, the first of which begins at an index, with one or two separators
  /// between; as far as there are no more digits than allowed.
  private static func groupEnds(
    _ text: TextStretch, _ start: Int, separators: Set<UInt8>, atMost limit: Int
  ) -> [(end: Int, digits: Int, groups: Int)] {
    var ends: [(end: Int, digits: Int, groups: Int)] = []
    var (index, digits) = (start, 0)
    while true {
      let first = index
      while text.byte(at: index).isDigit, index - first <= limit { index += 1 }
      digits += index - first
      guard index > first, digits <= limit else { return ends }
      ends.append((index, digits, ends.count + 1))
      let gap = index
      while index - gap < (separators.contains(.open) ? 2 : 1),
        separators.contains(text.byte(at: index))
      {
        index += 1
      }
      guard index > gap else { return ends }
    }
  }

  /// Whether nothing stands before a number that it would be a part of: a letter, a digit, or a digit
  /// with a mark after it.
  private static func isFree(_ text: TextStretch, before start: Int) -> Bool {
    let before = text.byte(at: start - 1)
    return !before.isWordPart
      && !((before == .dot || before == .hyphen) && text.byte(at: start - 2).isNumberPart)
  }

  private static func isFree(_ text: TextStretch, after end: Int) -> Bool {
    let after = text.byte(at: end)
    return !after.isWordPart && !(after == .hyphen && text.byte(at: end + 1).isNumberPart)
  }
}

extension UInt8 {
  fileprivate var isNumberPart: Bool { isDigit || self == TextStretch.placeholder }

  fileprivate static let hyphen = UInt8(ascii: "-")
  fileprivate static let dot = UInt8(ascii: ".")
  fileprivate static let slash = UInt8(ascii: "/")
  fileprivate static let open = UInt8(ascii: "(")
  fileprivate static let close = UInt8(ascii: ")")
}
