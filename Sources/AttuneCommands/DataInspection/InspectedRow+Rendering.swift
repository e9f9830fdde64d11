import PreferenceData
import Tokenization

/// How rows are shown.
struct RowStyle {
  let tokenizer: Tokenizer
  /// The columns of the terminal.
  let width: Int
  let color: TerminalColor
  /// Whether a text is shown to the last, its lines as they are, rather than its ends.
  let isWhole: Bool
  /// Whether the end of each token is marked.
  let marksTokens: Bool

  /// How many lines at the beginning and at the end are shown of a longer text.
  typealias Lines = (first: Int, last: Int)
  private static let mostLines: Lines = (first: 400, last: 100)

  /// Of a prompt the end matters most.
  fileprivate var promptLines: Lines { isWhole ? Self.mostLines : (first: 1, last: 2) }
  /// Of a completion the beginning matters most.
  fileprivate var completionLines: Lines { isWhole ? Self.mostLines : (first: 2, last: 1) }
}

extension DataInspection.Row {
  /// The row for a person, or why there is none.
  func rendered(_ style: RowStyle) -> String {
    switch self {
    case .tokenized(let row): row.rendered(style)
    case .other(let source, let reasons):
      ([source.description + ": nothing to train on"] + reasons)
        .joined(separator: "\n").escapingControlCharacters
    }
  }
}

extension InspectedRow {
  /// The row for a person: where it stands, how long it is, and what training makes of its text.
  func rendered(_ style: RowStyle) -> String {
    let tokens = TokenText(
      style.tokenizer, breaksLines: style.isWhole, marksTokens: style.marksTokens)
    let column = max(style.width - Paragraph.labelWidth, 20)
    func text(_ ids: [Int32], _ meaning: ShownText.Meaning, _ lines: RowStyle.Lines) -> [ShownText]
    {
      tokens.excerpt(
        of: ids, meaning, first: lines.first * column, last: lines.last * column)
    }
    var paragraphs: [Paragraph] = []
    let prompt = text(prompt, .prompt, style.promptLines) + mergeMark(tokens)
    if !prompt.isEmpty { paragraphs.append(Paragraph("prompt", prompt)) }
    for side in sides {
      let kept = text(side.kept, .trained(side.role), style.completionLines)
      paragraphs.append(Paragraph(side.role.label, kept + side.cutMark))
    }
    let lines = paragraphs.map { $0.rendered(width: style.width, color: style.color) }
    return ([heading] + lines).joined(separator: "\n")
  }

  /// Where the row stands, its lengths, and what it says beside its texts.
  private var heading: String {
    var facts: [String] = []
    if !prompt.isEmpty { facts.append("prompt \(NumberText.grouped(prompt.count))") }
    facts += sides.map { "\($0.role.label) \(NumberText.grouped($0.length))" }
    var text = escapedSource + ": " + facts.joined(separator: ", ")
    text += facts.isEmpty ? "" : " tokens"
    if weight != 1 { text += "; weight \(Self.text(weight))" }
    if let margin { text += "; margin \(Self.text(margin))" }
    if let dropped { text += (facts.isEmpty ? "" : "; ") + "left out: \(dropped)" }
    return text
  }

  /// The number as it stands in the data.
  private static func text(_ number: Double) -> String { JSONValue.number(number).text ?? "" }

  private var escapedSource: String { source.description.escapingControlCharacters }

  /// That the prompt's end has become part of the completions' first tokens.
  private func mergeMark(_ tokens: TokenText) -> [ShownText] {
    if merged.isEmpty { return [] }
    let end = tokens.excerpt(of: merged, .prompt, first: 20, last: 20).map(\.text).joined()
    return [ShownText(text: " [\"\(end)\" merges into the completion]", meaning: .mark)]
  }
}

extension InspectedRow.Side {
  /// How many tokens are cut off.
  fileprivate var cutMark: [ShownText] {
    if cut == 0 { return [] }
    let tokens = cut == 1 ? "1 token" : "\(NumberText.grouped(cut)) tokens"
    return [ShownText(text: " [cut here: \(tokens) off]", meaning: .mark)]
  }
}
