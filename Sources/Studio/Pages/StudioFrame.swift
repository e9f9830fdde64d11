internal import HTTPTypes
internal import Reports
internal import WebSupport

/// What all pages have around them.
struct StudioFrame {
  /// The pages that are reached from all.
  enum Place: String, CaseIterable {
    case pipeline = "/"
    case preferences = "/preferences"
    case runs = "/runs"

    var title: String {
      switch self {
      case .pipeline: "Pipeline"
      case .preferences: "Preference learning"
      case .runs: "Runs and reports"
      }
    }
  }

  /// What the page is, for its title.
  let title: String
  /// Which of the pages it is, to be marked in the navigation.
  var place: Place?
  /// What the script shows with every change; `nil` for a page without script.
  var token: CSRFToken?

  /// The page as a document.
  func rendered(_ content: Markup...) -> String {
    var head: [Markup] = [
      .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .void("meta", ["name": "color-scheme", "content": "light dark"]),
      .element("title", [:], .text("\(title) · Attune studio")),
      .void("link", ["rel": "stylesheet", "href": "/studio.css"]),
    ]
    if let token {
      head.append(.void("meta", ["name": "csrf-token", "content": token.text]))
      head.append(.element("script", ["src": "/studio.js", "defer": ""]))
    }
    let body = Markup.element(
      "body", [:],
      .element("a", ["class": "past", "href": "#content"], .text("To the content")), header,
      .element("main", ["id": "content", "tabindex": "-1"], content),
      token == nil ? .empty : activity)
    return "<!doctype html>\n<html lang=\"en\">\n\(Markup.element("head", [:], head).source)\n"
      + "\(body.source)\n</html>\n"
  }

  private var header: Markup {
    let links = Place.allCases.map { place in
      Markup.element(
        "a", ["href": place.rawValue, "aria-current": place == self.place ? "page" : nil],
        .text(place.title))
    }
    return .element(
      "header", ["class": "bar"], .element("span", ["class": "maker"], .text("Attune studio")),
      .element("nav", ["aria-label": "Pages"], links))
  }

  /// What is under way, at the foot of the window, and what there is to say.
  private var activity: Markup {
    .element(
      "noscript", [:],
      .element(
        "p", ["class": "note tone-caution"],
        .text("These pages need their script, which comes from this server alone.")))
      + .element(
        "p", ["id": "word", "class": "word", "role": "status", "aria-live": "polite"], .empty)
      + .element(
        "section", ["id": "activity", "aria-label": "What is under way", "hidden": ""],
        .element("span", ["id": "activity-name", "class": "name"], .empty),
        .element("progress", ["id": "activity-meter", "aria-labelledby": "activity-name"], .empty),
        .element("button", ["type": "button", "id": "stop", "class": "quiet"], .text("Stop")))
  }

  /// What could not be done.
  static func failure(_ failure: WebFailure) -> String {
    StudioFrame(title: "\(failure.status.code)").rendered(
      .element("h1", [:], .text("That did not work")),
      .element("p", [:], .text(failure.message)),
      .element("p", [:], .element("a", ["href": "/"], .text("To the beginning"))))
  }
}
