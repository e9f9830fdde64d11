internal import Reports

/// A report that lies in a file, for a browser that takes no style from within a page.
///
/// Reports carry their style sheet with them, which this server's policy does not let count: it stands in
/// for it with its own, which is the same. Scripts in it are dead by the same policy.
enum ServedReport {
  /// The address of the style sheet of reports.
  static let stylePath = "/report.css"

  /// The most bytes of a page that is shown.
  static let longest = 16 << 20

  /// The page with its style sheet outside.
  static func page(_ html: String) -> String {
    guard let start = html.firstRange(of: "<style>"),
      let end = html[start.upperBound...].firstRange(of: "</style>")
    else { return html }
    let link = Markup.void("link", ["rel": "stylesheet", "href": stylePath]).source
    return html[..<start.lowerBound] + link + html[end.upperBound...]
  }
}
