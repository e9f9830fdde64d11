/// A part of a section.
public enum ReportBlock: Sendable, Hashable {
  /// A paragraph.
  case paragraph(String)
  /// A remark that is set apart.
  case note(String, tone: ReportTone = .plain)
  /// Names with what they stand for.
  case facts([ReportFact])
  /// The numbers that matter most, in large type.
  case tiles([ReportTile])
  /// A table.
  case table(ReportTable)
  /// A chart.
  case figure(ReportFigure)
  /// Charts side by side where there is room.
  case figures([ReportFigure])
  /// What models said to prompts, side by side where there is room.
  case samples([ReportSample])
  /// A command, a configuration: text whose lines and blanks matter.
  case code(String)
  /// What is long and not for everybody: blocks under a line that opens them, open on paper.
  case details(String, [ReportBlock])
}

/// A name with what it stands for.
public struct ReportFact: Sendable, Hashable {
  /// The name.
  public var name: String
  /// What it stands for.
  public var value: String

  /// A fact.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - value: What it stands for.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A number that matters, with what it means.
public struct ReportTile: Sendable, Hashable {
  /// What was measured.
  public var name: String
  /// The number.
  public var value: String
  /// What it is to be compared with.
  public var detail: String
  /// How it stands out.
  public var tone: ReportTone
  /// How it got there, as a line without axes; empty for no line.
  public var trend: [Double]

  /// A tile.
  ///
  /// - Parameters:
  ///   - name: What was measured.
  ///   - value: The number.
  ///   - detail: What it is to be compared with.
  ///   - tone: How it stands out.
  ///   - trend: How it got there: numbers at equal distances.
  public init(
    _ name: String, _ value: String, detail: String, tone: ReportTone = .plain,
    trend: [Double] = []
  ) {
    self.name = name
    self.value = value
    self.detail = detail
    self.tone = tone
    self.trend = trend
  }
}

extension ReportBlock {
  /// The block as markup.
  ///
  /// - Parameter id: The beginning of the names that figures in it get.
  /// - Returns: The block.
  package func markup(id: String) -> Markup {
    switch self {
    case .paragraph(let text): .element("p", [:], .text(text))
    case .note(let text, let tone):
      .element(
        "p", ["class": ["note", tone.className].compactMap { $0 }.joined(separator: " ")],
        .text(text))
    case .facts(let facts):
      .element(
        "dl", ["class": "facts"],
        facts.map {
          .element(
            "div", [:], .element("dt", [:], .text($0.name)), .element("dd", [:], .text($0.value)))
        })
    case .tiles(let tiles): .element("ul", ["class": "tiles"], tiles.map(\.markup))
    case .table(let table): table.markup
    case .figure(let figure): figure.markup(id: id)
    case .figures(let figures):
      .element(
        "div", ["class": "figures"],
        figures.enumerated().map { $1.markup(id: "\(id)-\($0)") })
    case .samples(let samples):
      .element("div", ["class": "samples"], samples.map(\.markup))
    case .code(let text):
      .element(
        "pre", ["class": "code", "tabindex": "0"], .element("code", [:], .text(text)))
    case .details(let title, let blocks):
      .element(
        "details", [:],
        [.element("summary", [:], .text(title))]
          + blocks.enumerated().map { $1.markup(id: "\(id)-\($0)") })
    }
  }
}

extension ReportTile {
  fileprivate var markup: Markup {
    .element(
      "li", ["class": tone.className],
      .element("span", ["class": "name"], .text(name)),
      // A word does not fit in the type of numbers.
      .element("span", ["class": value.count > 8 ? "value long" : "value"], .text(value)),
      Sparkline.picture(of: trend),
      .element("span", ["class": "detail"], .text(detail)))
  }
}
