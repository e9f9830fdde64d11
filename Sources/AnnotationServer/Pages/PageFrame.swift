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
    InteractivePage(title: title, script: hasScript ? "/task.js" : nil)
      .rendered(header: header, content)
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
    PageForm(
      action: action, id: id, className: className,
      hidden: viewer.map { [(CSRFToken.fieldName, $0.token.text)] } ?? []
    ).markup(content)
  }
}
