import Tokenization

/// Token ids as text for a person, whole characters at a time.
struct TokenText {
  /// The tokens of whole characters: nearly always one.
  private struct Piece {
    let tokens: Int
    let stretches: [ShownText]

    var width: Int { stretches.reduce(0) { $0 + $1.text.displayWidth } }
  }

  private let tokenizer: Tokenizer
  private let breaksLines: Bool
  private let marksTokens: Bool

  /// How tokens are shown.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer that made the ids.
  ///   - breaksLines: Whether a line feed in the data ends the line.
  ///   - marksTokens: Whether the end of each token is marked.
  init(_ tokenizer: Tokenizer, breaksLines: Bool, marksTokens: Bool) {
    self.tokenizer = tokenizer
    self.breaksLines = breaksLines
    self.marksTokens = marksTokens
  }

  /// All of the ids, or the first and the last, as many as fit, and the number of those between.
  ///
  /// - Parameters:
  ///   - ids: Token ids.
  ///   - meaning: What they are.
  ///   - first: How many columns the first ones may take.
  ///   - last: How many columns the last ones may take.
  /// - Returns: What is shown, with a mark for what is not.
  func excerpt(
    of ids: [Int32], _ meaning: ShownText.Meaning, first: Int, last: Int
  ) -> [ShownText] {
    // A token takes a column at least, nearly always.
    if ids.count <= first + last {
      let all = pieces(of: ids, meaning)
      if all.reduce(0, { $0 + $1.width }) <= first + last { return all.flatMap(\.stretches) }
    }
    let half = ids.count / 2
    let head = fitting(pieces(of: Array(ids.prefix(min(first, half))), meaning), first)
    let tail = fitting(pieces(of: Array(ids.suffix(min(last, half))), meaning).reversed(), last)
    let left = ids.count - (head + tail).reduce(0) { $0 + $1.tokens }
    let mark = ShownText(text: " [… \(NumberText.grouped(left)) tokens …]", meaning: .mark)
    return head.flatMap(\.stretches) + [mark] + tail.reversed().flatMap(\.stretches)
  }

  private func fitting(_ pieces: [Piece], _ columns: Int) -> ArraySlice<Piece> {
    var room = columns
    return pieces.prefix { piece in
      room -= piece.width
      return room >= 0
    }
  }

  private func pieces(of ids: [Int32], _ meaning: ShownText.Meaning) -> [Piece] {
    var pieces: [Piece] = []
    var start = 0
    while start < ids.count {
      let (end, text) = nextCharacters(of: ids, from: start)
      var stretches =
        specialName(of: ids[start]).map { [ShownText(text: $0, meaning: .special)] }
        ?? ShownText.stretches(of: text, meaning, breaksLines: breaksLines)
      if marksTokens { stretches.append(ShownText(text: "|", meaning: .boundary)) }
      pieces.append(Piece(tokens: end - start, stretches: stretches))
      start = end
    }
    return pieces
  }

  /// The fewest tokens from `start` on that are whole characters: an emoji may be several tokens,
  /// none of which is text alone.
  private func nextCharacters(of ids: [Int32], from start: Int) -> (end: Int, text: String) {
    let longestCharacter = 4
    var end = start + 1
    while true {
      let text = tokenizer.decode(ids[start..<end])
      let isPartial = text.unicodeScalars.last == "\u{FFFD}"
      let canGrow = end < ids.count && end - start < longestCharacter
      guard isPartial, canGrow, specialName(of: ids[end]) == nil else { return (end, text) }
      end += 1
    }
  }

  private func specialName(of id: Int32) -> String? {
    guard let name = tokenizer.token(for: id), !name.isEmpty,
      tokenizer.decode([id], skipSpecialTokens: true).isEmpty, !tokenizer.decode([id]).isEmpty
    else { return nil }
    return name.escapingControlCharacters
  }
}
