/// Finds IPv4 and IPv6 addresses: runs of digits, letters, dots and colons that are one as a whole.
enum IPAddressScanner {
  static func matches(in text: TextStretch) -> [Range<Int>] {
    var matches: [Range<Int>] = []
    var position = text.startIndex
    while position < text.endIndex {
      let run = position..<text.end(of: isPart, from: position)
      position = max(run.upperBound, position + 1)
      if text.byte(at: run.lowerBound - 1).isWordPart || text.byte(at: run.upperBound).isWordPart {
        continue
      }
      // A full stop, or a colon before what comes next, is of the sentence.
      var range = run
      while let last = text[range].last, last == .dot || last == .colon && !isElided(text[range]) {
        range = range.lowerBound..<range.upperBound - 1
      }
      if isIPv4(text[range]) || isIPv6(text[range]) {
        matches.append(range)
      } else if let colon = text[range].lastIndex(of: .colon),
        isIPv4(text[range.lowerBound..<colon])
      {
        // With the number of a port.
        matches.append(range.lowerBound..<colon)
      }
    }
    return matches
  }

  /// All letters, so that a run is never a part of a word.
  private static func isPart(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == .dot || byte == .colon || byte == UInt8(ascii: "_")
  }

  private static func isElided(_ text: ArraySlice<UInt8>) -> Bool {
    text.suffix(2).elementsEqual([.colon, .colon]) && text.count > 2
  }

  /// Four numbers from 0 to 255 without needless zeros.
  private static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
    guard (7...15).contains(text.count) else { return false }
    let parts = text.split(separator: .dot, omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard (1...3).contains(part.count), part.allSatisfy(\.isDigit) else { return false }
        let value = part.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
        return value <= 255 && (part.count == 1 || part.first != UInt8(ascii: "0"))
      }
  }

  /// Eight groups of 1 to 4 hexadecimal digits, or fewer with one `::` in place of those that are
  /// zero; the last two may be written as IPv4. One digit at least, as `a::b` is a name in programs.
  private static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
    guard (3...45).contains(text.count), text.contains(where: \.isDigit) else { return false }
    let halves = halves(of: text)
    var groups = 0
    for (index, half) in halves.enumerated() where !half.isEmpty {
      let parts = half.split(separator: .colon, omittingEmptySubsequences: false)
      for (place, part) in parts.enumerated() {
        if index == halves.count - 1, place == parts.count - 1, isIPv4(part) {
          groups += 2
        } else if (1...4).contains(part.count), part.allSatisfy(isHexadecimal) {
          groups += 1
        } else {
          return false
        }
      }
    }
    return halves.count == 2 ? groups <= 7 && groups > 0 : groups == 8
  }

  /// What stands before and after the first `::`; all of it where there is none.
  private static func halves(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let colons = text.indices.dropLast().first { text[$0] == .colon && text[$0 + 1] == .colon }
    guard let colons else { return [text] }
    return [text[..<colons], text[(colons + 2)...]]
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }
}

extension UInt8 {
  fileprivate static let dot = UInt8(ascii: ".")
  fileprivate static let colon = UInt8(ascii: ":")
}
