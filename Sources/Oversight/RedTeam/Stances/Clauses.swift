/// What a text says, piece by piece: what stands between signs of punctuation, or on a line.
struct Clauses {
  /// A piece.
  struct Clause: Equatable {
    /// Its words, as ``PlainWords`` has them; at least one.
    let words: [String]
    /// Whether an item of a list begins with it.
    let isItem: Bool
  }

  /// The pieces in order.
  let all: [Clause]

  /// Takes a text apart.
  init(_ text: String) {
    var all: [Clause] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let (content, isList) = Self.item(line.drop(while: \.isWhitespace))
      var isItem = isList
      for piece in Self.pieces(content) {
        let words = PlainWords(piece).words
        guard !words.isEmpty else { continue }
        all.append(Clause(words: words, isItem: isItem))
        isItem = false
      }
    }
    self.all = all
  }

  /// A line without the mark of a list, and whether it has one: a sign, or a number with a sign.
  private static func item(_ line: Substring) -> (content: Substring, isItem: Bool) {
    var rest = line.drop { $0.isASCII && $0.isNumber }
    let isNumbered = rest.startIndex > line.startIndex
    guard let mark = rest.popFirst(), (isNumbered ? ".):" : "-*•–").contains(mark),
      rest.first?.isWhitespace == true
    else { return (line, false) }
    return (rest, true)
  }

  /// Signs end a piece before white space and at the end, so that "3.5" and "k.i.l.l" stay whole; those of
  /// scripts without spaces end it anywhere.
  private static func pieces(_ line: Substring) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for (place, character) in zip(line.indices, line) {
      let after = line.index(after: place)
      let isBeforeSpace = after == line.endIndex || line[after].isWhitespace
      if ".,;:!?—–…".contains(character) && isBeforeSpace || "。，；：！？—".contains(character) {
        pieces.append(piece)
        piece = ""
      } else {
        piece.append(character)
      }
    }
    return pieces + [piece]
  }
}
