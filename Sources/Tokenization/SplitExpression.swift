/// The regular expressions with which published models cut text, written out by hand.
///
/// All of them are lists of alternatives tried in order at one place, and together they match every
/// character; so cutting is asking again and again where the piece ends that starts here. Against a
/// general engine this saves the backtracking, and the language of all other expressions.
enum SplitExpression: Sendable {
  /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
  case gpt2
  /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*`
  /// `|\s*[\r\n]+|\s+(?!\S)|\s+`, with at most so many digits in a piece: 3 in Llama 3, 1 in Qwen 2.
  case letterRuns(digitLimit: Int)

  /// The spellings that are known, to the character.
  static let published: [(pattern: String, expression: SplitExpression)] = {
    let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
    let short = "'(?i:[sdmt]|ll|ve|re)"
    let tail = "|\\s+(?!\\S)|\\s+"
    let plain = "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|"
    let plainOthers = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+" + tail
    // Possessive repetition changes nothing here: what follows never matches what was taken. Nor
    // does `[\r\n]` for `[\r\n]+` after `\s*`, which has already taken all line ends but the last.
    let possessive = "|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|"
    let possessiveOthers = "| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]" + tail
    return [
      ("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+" + tail, .gpt2),
      ("'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+" + tail, .gpt2),
      (contractions + plain + "\\p{N}{1,3}" + plainOthers, .letterRuns(digitLimit: 3)),
      (contractions + plain + "\\p{N}" + plainOthers, .letterRuns(digitLimit: 1)),
      (contractions + possessive + "\\p{N}{1,3}" + possessiveOthers, .letterRuns(digitLimit: 3)),
      (short + possessive + "\\p{N}{1,3}" + possessiveOthers, .letterRuns(digitLimit: 3)),
    ]
  }()

  /// The expression that a pattern spells, if it is one of the published ones.
  init?(pattern: String) {
    guard let known = Self.published.first(where: { $0.pattern == pattern }) else { return nil }
    self = known.expression
  }

  /// Where the match ends that starts at an index.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - start: Where the match starts, below `end`.
  ///   - end: Where the text ends for this expression (`(?!\S)` looks no further).
  ///   - classes: `CharacterClasses.table`, fetched once by the caller.
  /// - Returns: An index above `start`.
  @inline(__always)
  func matchEnd(_ text: [UInt8], from start: Int, to end: Int, _ classes: ScalarTable) -> Int {
    switch self {
    case .gpt2: Self.gpt2End(text, start, end, classes)
    case .letterRuns(let limit): Self.letterRunsEnd(text, start, end, classes, digitLimit: limit)
    }
  }

  private static func gpt2End(
    _ text: [UInt8], _ start: Int, _ end: Int, _ classes: ScalarTable
  ) -> Int {
    if text[start] == UInt8(ascii: "'") {
      let contraction = contractionEnd(text, start, end, ignoringCase: false)
      if contraction > start { return contraction }
    }
    var first = start
    if text[start] == UInt8(ascii: " "), start + 1 < end { first += 1 }
    let (kind, width) = kind(text, first, classes)
    if kind & CharacterClasses.letter != 0 {
      return runEnd(text, first + width, end, classes) { $0 & CharacterClasses.letter != 0 }
    }
    if kind & CharacterClasses.number != 0 {
      return runEnd(text, first + width, end, classes) { $0 & CharacterClasses.number != 0 }
    }
    if kind & CharacterClasses.space == 0 {
      return runEnd(text, first + width, end, classes) { $0 & anyNamed == 0 }
    }
    return spaceEnd(text, start, end, classes, stopsAfterLineEnd: false)
  }

  private static func letterRunsEnd(
    _ text: [UInt8], _ start: Int, _ end: Int, _ classes: ScalarTable, digitLimit: Int
  ) -> Int {
    if text[start] == UInt8(ascii: "'") {
      let contraction = contractionEnd(text, start, end, ignoringCase: true)
      if contraction > start { return contraction }
    }
    let (first, width) = kind(text, start, classes)
    let next = start + width
    if first & CharacterClasses.letter != 0 {
      return runEnd(text, next, end, classes) { $0 & CharacterClasses.letter != 0 }
    }
    if first & CharacterClasses.number != 0 {
      var (index, count) = (next, 1)
      while count < digitLimit, index < end {
        let (kind, width) = kind(text, index, classes)
        if kind & CharacterClasses.number == 0 { break }
        (index, count) = (index + width, count + 1)
      }
      return index
    }
    // Where the text ends, a space stands for what is neither a letter nor anything else to join.
    let (second, secondWidth) = next < end ? kind(text, next, classes) : (CharacterClasses.space, 0)
    if first & CharacterClasses.lineEnd == 0, second & CharacterClasses.letter != 0 {
      return runEnd(text, next + secondWidth, end, classes) {
        $0 & CharacterClasses.letter != 0
      }
    }
    let isSpace = first & CharacterClasses.space != 0
    if !isSpace || (text[start] == UInt8(ascii: " ") && second & anyNamed == 0) {
      let others = runEnd(text, next, end, classes) { $0 & anyNamed == 0 }
      return runEnd(text, others, end, classes) { $0 & CharacterClasses.lineEnd != 0 }
    }
    return spaceEnd(text, start, end, classes, stopsAfterLineEnd: true)
  }

  private static let anyNamed =
    CharacterClasses.letter | CharacterClasses.number | CharacterClasses.space

  /// `\s+(?!\S)|\s+`, before it `\s*[\r\n]+` where wanted, from a white-space character on.
  private static func spaceEnd(
    _ text: [UInt8], _ start: Int, _ end: Int, _ classes: ScalarTable, stopsAfterLineEnd: Bool
  ) -> Int {
    var index = start
    var last = start
    var afterLineEnd = start
    while index < end {
      let (kind, width) = kind(text, index, classes)
      if kind & CharacterClasses.space == 0 { break }
      last = index
      index += width
      if kind & CharacterClasses.lineEnd != 0 { afterLineEnd = index }
    }
    if stopsAfterLineEnd, afterLineEnd > start { return afterLineEnd }
    // The last space of a run stays with the word that follows it, unless it is the only one.
    return index == end || last == start ? index : last
  }

  /// `'s|'t|'re|'ve|'m|'ll|'d` at an apostrophe, or `start`.
  private static func contractionEnd(
    _ text: [UInt8], _ start: Int, _ end: Int, ignoringCase: Bool
  ) -> Int {
    guard start + 1 < end else { return start }
    let fold: UInt8 = ignoringCase ? 0x20 : 0
    let first = text[start + 1]
    if "stmd".utf8.contains(first | fold) { return start + 2 }
    guard start + 2 < end else { return start }
    let second = text[start + 2]
    switch (first | fold, second | fold) {
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return start + 3
    default:
      // U+017F, the long s, is an s to an expression that ignores case.
      return ignoringCase && first == 0xC5 && second == 0xBF ? start + 3 : start
    }
  }

  @inline(__always)
  private static func kind(
    _ text: [UInt8], _ index: Int, _ classes: ScalarTable
  ) -> (kind: UInt8, width: Int) {
    let byte = text[index]
    if byte < 0x80 { return (classes[ascii: byte], 1) }
    let (scalar, width) = text.scalar(at: index)
    return (classes[scalar], width)
  }

  @inline(__always)
  private static func runEnd(
    _ text: [UInt8], _ start: Int, _ end: Int, _ classes: ScalarTable,
    while belongs: (UInt8) -> Bool
  ) -> Int {
    var index = start
    while index < end {
      let (kind, width) = kind(text, index, classes)
      if !belongs(kind) { break }
      index += width
    }
    return index
  }
}
