/// A line for the person at the terminal: `attune: error: …`.
package struct TerminalMessage: Equatable, Sendable {
  /// How urgent it is.
  package enum Kind: String, Sendable {
    /// The command stops.
    case error
    /// The command goes on, but something should be looked at.
    case warning
    /// Something worth knowing.
    case note
  }

  /// How urgent it is.
  package let kind: Kind
  /// What it says; may have several lines.
  package let text: String

  /// A message.
  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  /// The message that a failure ends the command with.
  package init(_ failure: Failure) { self.init(.error, failure.description) }

  /// The message as text, without a line feed at the end.
  ///
  /// Data can hold anything, so control characters are shown as escapes: a prompt that is quoted in
  /// an error must not be able to move the cursor or change the terminal's title.
  package func rendered(_ color: TerminalColor) -> String {
    let shown = text.escapingControlCharacters
    return switch kind {
    case .error: "attune: \(color.paint("error:", .boldRed)) \(shown)"
    case .warning: "attune: \(color.paint("warning:", .boldYellow)) \(shown)"
    case .note: "attune: \(shown)"
    }
  }
}
