/// A page of a server as a document: its style sheet and its script are files of that server, so that
/// nothing that stands within the page needs to run.
package struct InteractivePage {
  /// What the page is.
  package let title: String
  /// The address of its script; `nil` for none.
  package let script: String?

  /// A page.
  ///
  /// - Parameters:
  ///   - title: What the page is.
  ///   - script: The address of its script.
  package init(title: String, script: String? = nil) {
    (self.title, self.script) = (title, script)
  }

  /// The page as a document.
  ///
  /// - Parameters:
  ///   - header: What stands above the content.
  ///   - content: The content.
  /// - Returns: HTML, with a line feed at the end.
  package func rendered(header: Markup, _ content: [Markup]) -> String {
    var head: [Markup] = [
      .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .void("meta", ["name": "color-scheme", "content": "light dark"]),
      .element("title", [:], .text("\(title) · Attune")),
      .void("link", ["rel": "stylesheet", "href": "/style.css"]),
    ]
    if let script { head.append(.element("script", ["src": script, "defer": ""])) }
    let body = Markup.element(
      "body", [:],
      .element("a", ["class": "past", "href": "#content"], .text("To the content")), header,
      .element("main", ["id": "content", "tabindex": "-1"], content))
    return "<!doctype html>\n<html lang=\"en\">\n\(Markup.element("head", [:], head).source)\n"
      + "\(body.source)\n</html>\n"
  }
}
