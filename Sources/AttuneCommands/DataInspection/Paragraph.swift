/// Stretches of text beside a label, broken into lines that fit.
struct Paragraph {
  /// The columns of the label and the space behind it.
  static let labelWidth = 12

  private let label: String
  private let stretches: [ShownText]

  /// A paragraph.
  ///
  /// - Parameters:
  ///   - label: What the text is, in front of its first line.
  ///   - stretches: The text; a line feed in it ends a line.
  init(_ label: String, _ stretches: [ShownText]) {
    self.label = label
    self.stretches = stretches
  }

  /// The paragraph as lines.
  ///
  /// - Parameters:
  ///   - width: The columns of the terminal.
  ///   - color: Whether the text is painted. Each line is painted by itself, so that one that is cut
  ///     or copied leaves nothing behind.
  /// - Returns: Text without a line feed at the end.
  func rendered(width: Int, color: TerminalColor) -> String {
    let indent = String(repeating: " ", count: Self.labelWidth)
    let lines = lines(width: max(width - Self.labelWidth, 20))
    return lines.enumerated().map { index, line in
      let margin = index > 0 ? indent : label + indent.dropFirst(min(label.count, indent.count - 1))
      return margin + line.map { color.paint($0.text, $0.style) }.joined()
    }.joined(separator: "\n")
  }

  /// The text in lines of at most so many columns, broken behind a blank where there is one.
  private func lines(width: Int) -> [[ShownText]] {
    var lines: [Line] = []
    var line = Line()
    for stretch in stretches {
      for character in stretch.text {
        if character == "\n" {
          lines.append(line)
          line = Line()
          continue
        }
        if line.width + character.displayWidth > width { lines.append(line.broken()) }
        line.append(character, stretch.meaning)
      }
    }
    if !line.cells.isEmpty || lines.isEmpty { lines.append(line) }
    return lines.map(\.stretches)
  }
}

/// The characters of one line.
private struct Line {
  private(set) var cells: [(character: Character, meaning: ShownText.Meaning)] = []
  private(set) var width = 0
  /// Where the line may end: behind the last blank, but not within a mark.
  private var lastBreak = 0

  mutating func append(_ character: Character, _ meaning: ShownText.Meaning) {
    if meaning == .mark, cells.last?.meaning != .mark { lastBreak = cells.count }
    cells.append((character, meaning))
    width += character.displayWidth
    if character == " ", meaning != .mark { lastBreak = cells.count }
  }

  /// Cuts the line at its last break, or at its end where it has none.
  ///
  /// - Returns: The line before the break; what is behind it stays.
  mutating func broken() -> Line {
    var whole = self
    let rest = lastBreak > 0 ? cells[lastBreak...] : []
    whole.cells.removeLast(rest.count)
    self = Line()
    for cell in rest { append(cell.character, cell.meaning) }
    return whole
  }

  /// Neighbours of one meaning in one stretch.
  var stretches: [ShownText] {
    var stretches: [ShownText] = []
    var start = 0
    while start < cells.count {
      let meaning = cells[start].meaning
      let end = cells[start...].firstIndex { $0.meaning != meaning } ?? cells.count
      let text = String(cells[start..<end].map(\.character))
      stretches.append(ShownText(text: text, meaning: meaning))
      start = end
    }
    return stretches
  }
}
