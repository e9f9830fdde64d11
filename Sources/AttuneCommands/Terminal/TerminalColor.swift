/// Whether a stream is painted.
package enum TerminalColor: Sendable {
  /// Escape sequences are understood and wanted.
  case on
  /// Plain text.
  case off

  /// The few styles in use (ECMA-48, select graphic rendition).
  package enum Style: String, Sendable {
    case boldRed = "1;31"
    case boldYellow = "1;33"
    case brightGreen = "92"
    case brightRed = "91"
    case cyan = "36"
    case dim = "2"
    case green = "32"
    case red = "31"
    case yellow = "33"
  }

  /// Decides for a stream: painted on a terminal, unless `NO_COLOR` is set to anything
  /// (https://no-color.org) or the terminal calls itself dumb.
  package init(isTerminal: Bool, environment: [String: String]) {
    let isRefused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    self = isTerminal && !isRefused && environment["TERM"] != "dumb" ? .on : .off
  }

  /// `text` in a style, or as it is.
  package func paint(_ text: String, _ style: Style) -> String {
    switch self {
    case .on where !text.isEmpty: "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    case .on, .off: text
    }
  }
}
