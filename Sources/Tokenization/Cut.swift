/// One way to cut a text into pieces before the pair merges; no merge crosses a cut.
enum Cut: Sendable {
  /// Pieces are the matches of an expression that matches everywhere.
  case expression(SplitExpression)
  /// Digits apart from all else, in runs or one by one.
  case digits(individually: Bool)
  /// A literal, or what lies between its occurrences when inverted.
  case literal([UInt8], SplitBehavior, isInverted: Bool)
  /// No cut: the text is one piece.
  case nothing

  /// Appends the pieces of one stretch of text.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - range: The stretch, not empty.
  ///   - classes: `CharacterClasses.table`.
  ///   - pieces: Receives ranges that are not empty, in order.
  func appendPieces(
    of text: [UInt8], _ range: Range<Int>, _ classes: ScalarTable, to pieces: inout [Range<Int>]
  ) {
    switch self {
    case .nothing:
      pieces.append(range)
    case .expression(let expression):
      var start = range.lowerBound
      while start < range.upperBound {
        let end = expression.matchEnd(text, from: start, to: range.upperBound, classes)
        pieces.append(start..<end)
        start = end
      }
    case .digits(let individually):
      Self.appendDigits(text, range, classes, individually, to: &pieces)
    case .literal(let literal, let behavior, let isInverted):
      let stretches = Self.stretches(of: literal, in: text, range, isInverted)
      pieces += behavior.pieces(of: stretches)
    }
  }

  private static func appendDigits(
    _ text: [UInt8], _ range: Range<Int>, _ classes: ScalarTable, _ individually: Bool,
    to pieces: inout [Range<Int>]
  ) {
    var start = range.lowerBound
    var index = start
    var wasDigit = false
    while index < range.upperBound {
      let (scalar, width) = text.scalar(at: index)
      let isDigit = classes[scalar] & CharacterClasses.digit != 0
      if index > start, isDigit != wasDigit || (isDigit && individually) {
        pieces.append(start..<index)
        start = index
      }
      wasDigit = isDigit
      index += width
    }
    pieces.append(start..<range.upperBound)
  }

  private static func stretches(
    of literal: [UInt8], in text: [UInt8], _ range: Range<Int>, _ isInverted: Bool
  ) -> [SplitBehavior.Stretch] {
    var stretches: [SplitBehavior.Stretch] = []
    var start = range.lowerBound
    var index = start
    while index + literal.count <= range.upperBound {
      guard text[index] == literal[0], text[index...].starts(with: literal) else {
        index += 1
        continue
      }
      if index > start { stretches.append((start..<index, isInverted)) }
      stretches.append((index..<index + literal.count, !isInverted))
      index += literal.count
      start = index
    }
    if start < range.upperBound { stretches.append((start..<range.upperBound, isInverted)) }
    return stretches
  }
}
