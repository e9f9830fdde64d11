internal import Reports

/// The part of Markdown that guidelines need, as markup in which nothing of the text acts.
///
/// Headings, paragraphs, lists, quotations, code, emphasis and links to `https:`, `http:` and `mailto:`. Whatever else stands there,
/// HTML in particular, is shown as the text that it is.
///
/// - SeeAlso: CommonMark 0.31, of which this is a part.
struct MarkdownText {
  private var lines: ArraySlice<Substring>

  /// Markdown as markup.
  static func markup(of text: String) -> Markup {
    let lines = text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    var reader = MarkdownText(lines: lines[...])
    var markup = Markup.empty
    while let block = reader.next() { markup += block }
    return markup
  }

  /// The next block; `nil` at the end.
  private mutating func next() -> Markup? {
    while lines.first?.allSatisfy(\.isWhitespace) == true { lines.removeFirst() }
    guard let line = lines.first else { return nil }
    if let level = Self.headingLevel(line) {
      lines.removeFirst()
      let text = line.dropFirst(level).drop(while: \.isWhitespace)
      // The page's own title is the heading of first rank.
      return .element("h\(min(level + 1, 6))", [:], Self.inline(text))
    }
    if line.hasPrefix("```") { return code() }
    if Self.item(line) != nil { return list() }
    if line.hasPrefix(">") {
      let quoted = take { $0.hasPrefix(">") }.map {
        String($0.dropFirst().drop(while: \.isWhitespace))
      }
      return .element("blockquote", [:], Self.markup(of: quoted.joined(separator: "\n")))
    }
    let text = take { line in
      !line.allSatisfy(\.isWhitespace) && Self.headingLevel(line) == nil
        && Self.item(line) == nil && !line.hasPrefix("```") && !line.hasPrefix(">")
    }
    return .element("p", [:], Self.inline(text.joined(separator: "\n")[...]))
  }

  private mutating func take(while belongs: (Substring) -> Bool) -> ArraySlice<Substring> {
    let taken = lines.prefix(while: belongs)
    lines = lines.dropFirst(taken.count)
    return taken
  }

  private mutating func code() -> Markup {
    lines.removeFirst()
    let text = take { !$0.hasPrefix("```") }.joined(separator: "\n")
    if !lines.isEmpty { lines.removeFirst() }
    return .element("pre", ["class": "code"], .text(text))
  }

  private mutating func list() -> Markup {
    let isNumbered = lines.first?.first?.isNumber == true
    var items: [String] = []
    while let line = lines.first {
      if let text = Self.item(line), (line.first?.isNumber == true) == isNumbered {
        items.append(String(text))
      } else if line.first?.isWhitespace == true, !line.allSatisfy(\.isWhitespace), !items.isEmpty {
        items[items.count - 1] += "\n" + line.drop(while: \.isWhitespace)
      } else {
        break
      }
      lines.removeFirst()
    }
    return .element(
      isNumbered ? "ol" : "ul", [:], items.map { .element("li", [:], Self.inline($0[...])) })
  }

  private static func headingLevel(_ line: Substring) -> Int? {
    let level = line.prefix { $0 == "#" }.count
    return (1...6).contains(level) && line.dropFirst(level).first == " " ? level : nil
  }

  /// The text of a list's item; `nil` for another line.
  private static func item(_ line: Substring) -> Substring? {
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return line.dropFirst(2) }
    let digits = line.prefix(while: \.isNumber)
    let rest = line.dropFirst(digits.count)
    return !digits.isEmpty && digits.count < 4 && rest.hasPrefix(". ") ? rest.dropFirst(2) : nil
  }

  /// Emphasis, code and links within a line.
  private static func inline(_ text: Substring) -> Markup {
    var (markup, plain, rest) = (Markup.empty, "", text)
    func flush() {
      markup += .text(plain)
      plain = ""
    }
    while let character = rest.first {
      if let (element, after) = span(rest) {
        flush()
        markup += element
        rest = after
      } else {
        plain.append(character)
        rest = rest.dropFirst()
      }
    }
    flush()
    return markup
  }

  /// What begins at the first character, with what follows it; `nil` for plain text.
  private static func span(_ text: Substring) -> (Markup, Substring)? {
    for (mark, name) in [("`", "code"), ("**", "strong"), ("*", "em"), ("_", "em")]
    where text.hasPrefix(mark) {
      let inner = text.dropFirst(mark.count)
      guard let end = inner.firstRange(of: mark), end.lowerBound > inner.startIndex,
        inner.first?.isWhitespace == false
      else { continue }
      let content = inner[..<end.lowerBound]
      return (
        .element(name, [:], name == "code" ? .text(String(content)) : inline(content)),
        inner[end.upperBound...]
      )
    }
    guard text.hasPrefix("["), let close = text.firstRange(of: "]("),
      let end = text[close.upperBound...].firstIndex(of: ")")
    else { return nil }
    let address = String(text[close.upperBound..<end])
    guard ["https://", "http://", "mailto:"].contains(where: address.lowercased().hasPrefix)
    else { return nil }
    let label = text[text.index(after: text.startIndex)..<close.lowerBound]
    let link = Markup.element(
      "a", ["href": address, "rel": "noopener noreferrer", "target": "_blank"], inline(label))
    return (link, text[text.index(after: end)...])
  }
}
