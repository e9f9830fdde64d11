/// A report as one HTML file that needs nothing else: no script, no font, no picture from anywhere.
///
///     let page = HTMLPage(title: "Reward model evaluation", subtitle: "runs/reward", sections: […])
///     page.rendered()
public struct HTMLPage: Sendable, Hashable {
  /// What the page is.
  public var title: String
  /// What it is about.
  public var subtitle: String
  /// What stands before the first section.
  public var opening: [ReportBlock]
  /// The sections.
  public var sections: [ReportSection]
  /// What stands at the foot: what made the page, and of what.
  public var footer: String

  /// A page.
  ///
  /// - Parameters:
  ///   - title: What the page is.
  ///   - subtitle: What it is about.
  ///   - opening: What stands before the first section.
  ///   - sections: The sections.
  ///   - footer: What made the page, and of what.
  public init(
    title: String, subtitle: String, opening: [ReportBlock] = [], sections: [ReportSection],
    footer: String
  ) {
    self.title = title
    self.subtitle = subtitle
    self.opening = opening
    self.sections = sections
    self.footer = footer
  }

  /// The page as a document.
  ///
  /// - Returns: HTML, with a line feed at the end.
  public func rendered() -> String {
    let head = Markup.element(
      "head", [:],
      .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .void("meta", ["name": "color-scheme", "content": "light dark"]),
      .element("title", [:], .text("\(title) · \(subtitle)")), .styleSheet)
    return "<!doctype html>\n<html lang=\"en\">\n\(head.source)\n\(body.source)\n</html>\n"
  }

  private var body: Markup {
    let sections = sections.enumerated().map { $1.markup(id: "s\($0 + 1)") }
    return .element(
      "body", [:],
      .element(
        "header", [:],
        .element("p", ["class": "maker"], .text("Attune")),
        .element("h1", [:], .text(title)),
        .element("p", ["class": "subtitle"], .text(subtitle))),
      .element(
        "main", [:],
        opening.enumerated().map { $1.markup(id: "o\($0)") } + [contents] + sections),
      .element("footer", [:], .element("p", [:], .text(footer))))
  }

  private var contents: Markup {
    if sections.count < 2 { return .empty }
    return .element(
      "nav", ["aria-label": "Contents"],
      .element(
        "ol", [:],
        sections.enumerated().map { index, section in
          .element(
            "li", [:], .element("a", ["href": "#s\(index + 1)"], .text(section.title)))
        }))
  }
}
