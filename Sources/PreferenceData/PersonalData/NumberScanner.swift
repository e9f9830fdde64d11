/// Finds what could be the number of a card, a person or a telephone. Each form has a greatest length,
/// so that a place of the text is looked at a bounded number of times.
enum NumberScanner {
  /// Where card numbers that begin at an index end, the longest first: 13 to 19 digits with single
  /// blanks or hyphens between. A group of digits is whole or left out, and all but the last have three
  /// or more, which those of lists and tables seldom have.
  static func cardEnds(_ text: TextStretch, _ start: Int) -> [Int] {
    guard (UInt8(ascii: "2")...UInt8(ascii: "6")).contains(text[start]), isFree(text, before: start)
    else { return [] }
    return groupEnds(text, start, separators: [.space, .hyphen], atMost: 19)
      .filter { $0.digits >= 13 && $0.shortest >= 3 && isFree(text, after: $0.end) }
      .map(\.end).reversed()
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
    let first = text[start]
    guard first.isDigit || first == .plus || first == .open, isFree(text, before: start) else {
      return []
    }
    let next = text.byte(at: start + 1)
    if first == .plus {
      guard next.isDigit, next != .zero else { return [] }
      return groupEnds(text, start + 1, separators: anySeparators, atMost: 15)
        .filter { $0.digits >= 8 && isFree(text, after: $0.end) }.map(\.end).reversed()
    }
    if let end = northAmericanEnd(text, start) { return [end] }
    if first == .open {
      guard next == .zero else { return [] }
      return groupEnds(text, start + 1, separators: anySeparators, atMost: 12)
        .filter { $0.groups > 1 && $0.digits >= 9 && isFree(text, after: $0.end) }
        .map(\.end).filter { text[start..<$0].contains(.close) }.reversed()
    }
    guard first == .zero, next != .zero || text.byte(at: start + 2) != .zero else { return [] }
    // 00 stands for +. One separator throughout, as dates with times have several.
    return [UInt8.space, .hyphen, .dot, .slash].flatMap { separator in
      groupEnds(text, start, separators: [separator], atMost: next == .zero ? 17 : 12)
        .filter { $0.groups > 1 && $0.digits >= 9 && isFree(text, after: $0.end) }.map(\.end)
    }.sorted(by: >)
  }

  private static let anySeparators: [UInt8] = [.space, .hyphen, .dot, .slash, .open, .close]
  private static let lineSeparators: [UInt8] = [.hyphen, .dot, .space]

  /// `(212) 555-0123`, `212-555-0123`, `212.555.0123`, `1 212 555 0123`.
  private static func northAmericanEnd(_ text: TextStretch, _ start: Int) -> Int? {
    var index = start
    if text[index] == UInt8(ascii: "1"),
      let next = text.separatorEnd(at: index + 1, among: lineSeparators)
    {
      index = next
    }
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
        index = text.separatorEnd(at: index + 1, among: [.space]) ?? index + 1
      } else {
        guard let next = text.separatorEnd(at: index, among: lineSeparators) else { return nil }
        index = next
      }
    }
    return isFree(text, after: index) ? index : nil
  }

  /// The ends of groups of digits, the first of which begins at an index, with one or two separators
  /// between; as far as there are no more digits than allowed.
  private static func groupEnds(
    _ text: TextStretch, _ start: Int, separators: [UInt8], atMost limit: Int
  ) -> [GroupEnd] {
    var ends: [GroupEnd] = []
    var (index, digits, shortest) = (start, 0, Int.max)
    while true {
      let first = index
      while text.byte(at: index).isDigit, index - first <= limit { index += 1 }
      digits += index - first
      guard index > first, digits <= limit else { return ends }
      ends.append(
        GroupEnd(end: index, digits: digits, groups: ends.count + 1, shortest: shortest))
      shortest = min(shortest, index - first)
      guard var next = text.separatorEnd(at: index, among: separators) else { return ends }
      if separators.contains(.open) {
        next = text.separatorEnd(at: next, among: separators) ?? next
      }
      index = next
    }
  }

  /// Where a group of digits ends.
  private struct GroupEnd {
    let end: Int
    /// Digits up to here.
    let digits: Int
    /// Groups up to here.
    let groups: Int
    /// Digits of the shortest group before this one.
    let shortest: Int
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

  fileprivate static let plus = UInt8(ascii: "+")
  fileprivate static let zero = UInt8(ascii: "0")
  fileprivate static let dot = UInt8(ascii: ".")
  fileprivate static let slash = UInt8(ascii: "/")
  fileprivate static let open = UInt8(ascii: "(")
  fileprivate static let close = UInt8(ascii: ")")
}
