internal import Reports
internal import WebSupport

/// What the pages of the administration have around them.
struct AdminFrame {
  /// What the page is, for its title.
  let title: String
  /// The token of the session; `nil` for who is not known yet.
  var token: CSRFToken?
  /// Whether the page renews itself.
  var isLive = false

  /// The page as a document.
  func rendered(_ content: [Markup]) -> String {
    InteractivePage(title: title, script: isLive ? AdminAssets.scriptPath : nil)
      .rendered(header: header, content)
  }

  private var header: Markup {
    .element(
      "header", ["class": "bar"], .element("span", ["class": "maker"], .text("Attune")),
      isLive
        ? .element("span", ["class": "viewer", "id": "live", "role": "status"], .empty) : .empty,
      token.map {
        PageForm(action: "/sign-out", hidden: [(CSRFToken.fieldName, $0.text)]).markup([
          .element("button", ["type": "submit", "class": "quiet"], .text("Sign out"))
        ])
      } ?? .empty)
  }
}

/// The files that the pages of the administration need.
public enum AdminAssets {
  /// Where pages look for the style sheet.
  public static let stylePath = "/style.css"
  /// Where pages look for the script.
  public static let scriptPath = "/dashboard.js"
  /// Where the script looks for messages: each is ``DashboardPage/message(_:)`` of a new snapshot.
  public static let eventsPath = "/events"

  /// The style sheet.
  public static let style = DashboardStyle.text
  /// The script.
  public static let script = DashboardScript.text
}
