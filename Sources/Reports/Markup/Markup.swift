/// A piece of HTML or SVG that is well-formed and escaped by construction: there is no way to put a
/// text into it as it stands.
///
///     Markup.element("p", ["class": "note"], .text("1 < 2"))   // <p class="note">1 &lt; 2</p>
public struct Markup: Sendable, Hashable {
  /// The markup as text.
  public private(set) var source: String

  /// Nothing.
  public static let empty = Markup(source: "")

  /// A text, escaped.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The text as markup; characters that neither HTML nor XML can say become U+FFFD.
  public static func text(_ text: String) -> Markup { Markup(source: escaped(text)) }

  /// An element with its end tag.
  ///
  /// - Parameters:
  ///   - name: The element's name.
  ///   - attributes: Names and values; one whose value is `nil` is left out.
  ///   - children: What stands within.
  /// - Returns: The element.
  public static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: Markup...
  ) -> Markup {
    element(name, attributes, children)
  }

  /// An element with its end tag.
  ///
  /// - Parameters:
  ///   - name: The element's name.
  ///   - attributes: Names and values; one whose value is `nil` is left out.
  ///   - children: What stands within.
  /// - Returns: The element.
  public static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: [Markup]
  ) -> Markup {
    var source = start(name, attributes)
    for child in children { source += child.source }
    return Markup(source: source + "</\(name)>")
  }

  /// An element that HTML gives no end tag.
  ///
  /// - Parameters:
  ///   - name: The element's name.
  ///   - attributes: Names and values.
  /// - Returns: The element.
  package static func void(_ name: String, _ attributes: KeyValuePairs<String, String?>) -> Markup {
    Markup(source: start(name, attributes))
  }

  private static func start(
    _ name: String, _ attributes: KeyValuePairs<String, String?>
  ) -> String {
    var source = "<\(name)"
    for (name, value) in attributes {
      if let value { source += " \(name)=\"\(escaped(value))\"" }
    }
    return source + ">"
  }

  /// The style sheet of reports: the project's own text, in which nothing is to be escaped.
  static let styleSheet = Markup(source: "<style>\n\(StyleSheet.text)</style>")

  /// Two pieces, one after the other.
  ///
  /// - Parameters:
  ///   - first: What comes first.
  ///   - second: What comes next.
  /// - Returns: Both.
  public static func + (first: Markup, second: Markup) -> Markup {
    Markup(source: first.source + second.source)
  }

  /// Adds a piece at the end.
  ///
  /// - Parameters:
  ///   - markup: What is there.
  ///   - other: What is added.
  public static func += (markup: inout Markup, other: Markup) { markup.source += other.source }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Sequence<Markup> {
  /// All pieces, one after the other.
  var joined: Markup { reduce(into: .empty) { $0 += $1 } }
}
