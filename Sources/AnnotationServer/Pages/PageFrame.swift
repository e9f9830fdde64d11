internal import AnnotationStore
internal import Reports
internal import WebSupport

/// What all pages have around them.
struct PageFrame {
  /// What the page is, for its title.
  let title: String
  /// Who sees it; `nil` for nobody who is known.
  var viewer: Viewer?
  /// Which of the pages it is, to be marked in the navigation.
  var place: Place?
  /// Whether the script of the task page is needed.
  var hasScript = false

  /// The pages that are reached from all.
  enum Place: String, CaseIterable {
    case task, guidelines, review, admin

    var title: String {
      switch self {
      case .task: "Tasks"
      case .guidelines: "Guidelines"
      case .review: "Review"
      case .admin: "Project"
      }
    }

    var least: Role {
      switch self {
      case .task, .guidelines: .annotator
      case .review: .reviewer
      case .admin: .administrator
      }
    }
  }

  /// The page as a document.
  func rendered(_ content: Markup...) -> String {
    var head: [Markup] = [
      .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .void("meta", ["name": "color-scheme", "content": "light dark"]),
      .element("title", [:], .text("\(title) · Attune")),
      .void("link", ["rel": "stylesheet", "href": "/style.css"]),
    ]
    if hasScript { head.append(.element("script", ["src": "/task.js", "defer": ""])) }
    let body = Markup.element(
      "body", [:],
      .element("a", ["class": "past", "href": "#content"], .text("To the content")), header,
      .element("main", ["id": "content", "tabindex": "-1"], content))
    return "<!doctype html>\n<html lang=\"en\">\n\(Markup.element("head", [:], head).source)\n"
      + "\(body.source)\n</html>\n"
  }

  private var header: Markup {
    guard let viewer else {
      return .element(
        "header", ["class": "bar"], .element("span", ["class": "maker"], .text("Attune")))
    }
    let links = Place.allCases.filter { viewer.person.role >= $0.least }.map { place in
      Markup.element(
        "a",
        ["href": "/\(place.rawValue)", "aria-current": place == self.place ? "page" : nil],
        .text(place.title))
    }
    return .element(
      "header", ["class": "bar"], .element("span", ["class": "maker"], .text("Attune")),
      .element("nav", ["aria-label": "Pages"], links),
      .element("span", ["class": "viewer"], .text(viewer.person.name)),
      Form(action: "/sign-out", viewer: viewer).markup(
        .element("button", ["type": "submit", "class": "quiet"], .text("Sign out"))))
  }
}

/// A form that changes something: it carries the session's token.
struct Form {
  let action: String
  var viewer: Viewer?
  var id: String?
  var className: String?

  func markup(_ content: Markup...) -> Markup { markup(content) }

  func markup(_ content: [Markup]) -> Markup {
    let token = viewer.map { viewer in
      Markup.void(
        "input", ["type": "hidden", "name": CSRFToken.fieldName, "value": viewer.token.text])
    }
    return .element(
      "form", ["method": "post", "action": action, "id": id, "class": className],
      (token.map { [$0] } ?? []) + content)
  }

  /// A labelled line of input.
  static func field(
    _ label: String, name: String, type: String = "text", autocomplete: String,
    hint: String? = nil, value: String? = nil
  ) -> Markup {
    .element(
      "p", ["class": "field"],
      .element("label", ["for": name], .text(label)),
      .void(
        "input",
        [
          "id": name, "name": name, "type": type, "autocomplete": autocomplete, "required": "",
          "value": value, "aria-describedby": hint == nil ? nil : "\(name)-hint",
        ]),
      hint.map { .element("span", ["id": "\(name)-hint", "class": "hint"], .text($0)) } ?? .empty)
  }
}
