/// Takes personal data out of texts by rule, and leaves a placeholder where each piece stood.
///
///     PersonalDataScrubber.usual.scrub("Write to ada@example.org").text   // "Write to [email]"
///
/// Rules are tried in their order, each on what the ones before it have left. Scrubbing a second time
/// changes nothing: to the usual rules a placeholder is a part of the word that touches it, so that
/// none uncovers what stood beside it; patterns, which may look for the end of a text, are tried until
/// none finds anything. Time is linear in the length of the text, but for patterns.
public struct PersonalDataScrubber: Sendable, Hashable {
  /// The rules, in the order in which they are tried.
  public let rules: [PersonalDataRule]

  /// The rules for what has a form of its own.
  public static let usual = PersonalDataScrubber(known: PersonalDataRule.usual)

  private init(known rules: [PersonalDataRule]) { self.rules = rules }

  /// A scrubber.
  ///
  /// - Parameter rules: The rules, in the order in which they are tried. Without any, texts stay as they
  ///   are.
  /// - Throws: ``PersonalDataError/repeated(_:)``
  public init(rules: [PersonalDataRule]) throws(PersonalDataError) {
    var names: Set<String> = []
    for rule in rules where !names.insert(rule.name).inserted { throw .repeated(rule.name) }
    self.init(known: rules)
  }

  /// Scrubs a text.
  ///
  /// - Parameter text: The text. Placeholders of these rules that it has stay and do not count.
  /// - Returns: The text with placeholders, and how many pieces each rule took out.
  public func scrub(_ text: String) -> ScrubbedText {
    let bytes = ArraySlice(text.utf8)
    var (pieces, counts) = (pieces(of: bytes), [String: Int]())
    var isDone = false
    while !isDone {
      isDone = true
      for rule in rules {
        let count = Self.apply(rule, to: &pieces, of: bytes)
        guard count > 0 else { continue }
        counts[rule.name, default: 0] += count
        if rule.matcher.isPattern { isDone = false }
      }
    }
    // Unchanged texts keep their storage.
    guard !counts.isEmpty else { return ScrubbedText(text: text, counts: [:]) }
    var scrubbed: [UInt8] = []
    for piece in pieces {
      switch piece {
      case .text(let range): scrubbed += bytes[range]
      case .placeholder(let placeholder): scrubbed += placeholder.utf8
      }
    }
    return ScrubbedText(text: String(decoding: scrubbed, as: UTF8.self), counts: counts)
  }

  private enum Piece {
    case text(Range<Int>)
    case placeholder(String)
  }

  /// The text between the placeholders that it has already.
  private func pieces(of bytes: ArraySlice<UInt8>) -> [Piece] {
    let placeholders = Set(rules.map(\.placeholder))
    let longest = placeholders.map(\.utf8.count).max() ?? 0
    var (pieces, start, position) = ([Piece](), bytes.startIndex, bytes.startIndex)
    while let open = bytes[position...].firstIndex(of: UInt8(ascii: "[")) {
      position = open + 1
      guard let close = bytes[open...].prefix(longest).firstIndex(of: UInt8(ascii: "]")) else {
        continue
      }
      let name = String(decoding: bytes[open...close], as: UTF8.self)
      guard placeholders.contains(name) else { continue }
      if open > start { pieces.append(.text(start..<open)) }
      pieces.append(.placeholder(name))
      (start, position) = (close + 1, close + 1)
    }
    if start < bytes.endIndex { pieces.append(.text(start..<bytes.endIndex)) }
    return pieces
  }

  private static func apply(
    _ rule: PersonalDataRule, to pieces: inout [Piece], of bytes: ArraySlice<UInt8>
  ) -> Int {
    var (changed, count) = ([Piece](), 0)
    for (index, piece) in pieces.enumerated() {
      guard case .text(let range) = piece else {
        changed.append(piece)
        continue
      }
      // Between two stretches of text there is always a placeholder.
      let stretch = TextStretch(
        bytes[range], followsPlaceholder: index > 0,
        precedesPlaceholder: index < pieces.count - 1)
      var start = range.lowerBound
      for match in rule.matcher.matches(in: stretch, check: rule.check) {
        if match.lowerBound > start { changed.append(.text(start..<match.lowerBound)) }
        changed.append(.placeholder(rule.placeholder))
        start = match.upperBound
        count += 1
      }
      if start < range.upperBound { changed.append(.text(start..<range.upperBound)) }
    }
    if count > 0 { pieces = changed }
    return count
  }
}
