/// The value of a setting as text, for help pages and for files.
package enum SettingLiteral: Equatable, Sendable {
  /// Not set.
  case none
  /// A number, a truth value or a choice, which no file format needs to quote.
  case word(String)
  /// Free text, such as a path.
  case text(String)
  /// Any number of texts.
  case list([String])
  /// Any number of words.
  case words([String])

  /// Whether the setting has a value: an empty list is none.
  package var isSet: Bool {
    switch self {
    case .none: false
    case .word, .text: true
    case .list(let items), .words(let items): !items.isEmpty
    }
  }
}

extension SettingLiteral: CustomStringConvertible {
  /// The value as a person would type it.
  package var description: String {
    switch self {
    case .none: "none"
    case .word(let word): word
    case .text(let text): text
    case .list(let items), .words(let items): items.joined(separator: " ")
    }
  }
}
