/// A stretch of text that is shown in one style.
struct ShownText: Equatable {
  /// What the stretch is.
  enum Meaning: Equatable {
    /// Text that the model is conditioned on.
    case prompt
    /// Text that the model is trained on.
    case trained(InspectedRow.Role)
    /// A special token, by its name.
    case special
    /// A character that is shown by a stand-in.
    case escape
    /// What is said about the text: where it was cut, what is left out.
    case mark
    /// What stands between two tokens.
    case boundary
  }

  let text: String
  let meaning: Meaning

  /// The style of such text.
  var style: TerminalColor.Style {
    switch meaning {
    case .prompt, .boundary: .dim
    case .trained(let role): role.style
    case .special, .escape: .cyan
    case .mark: .yellow
    }
  }
}

extension ShownText {
  /// A text of the data as stretches that are safe to show: what a terminal would act on becomes an
  /// escape, and a line feed the sign for it.
  ///
  /// - Parameters:
  ///   - data: Any text.
  ///   - meaning: What the text is.
  ///   - breaksLines: Whether a line feed also ends the line.
  /// - Returns: The stretches in order.
  static func stretches(
    of data: String, _ meaning: Meaning, breaksLines: Bool
  ) -> [ShownText] {
    var stretches: [ShownText] = []
    var plain = String.UnicodeScalarView()
    func flush() {
      if !plain.isEmpty { stretches.append(ShownText(text: String(plain), meaning: meaning)) }
      plain = String.UnicodeScalarView()
    }
    for scalar in data.unicodeScalars {
      guard scalar.actsOnTerminal else {
        plain.append(scalar)
        continue
      }
      flush()
      let standIn =
        switch scalar {
        case "\n": breaksLines ? "⏎\n" : "⏎"
        case "\t": "\\t"
        case "\r": "\\r"
        default: scalar.escape
        }
      stretches.append(ShownText(text: standIn, meaning: .escape))
    }
    flush()
    return stretches
  }
}
