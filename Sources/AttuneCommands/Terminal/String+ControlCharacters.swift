extension String {
  /// The text with control characters, other than line feed and tab, as `\u{1B}`.
  ///
  /// Data can hold anything, and what is shown of it must not be able to move the cursor, change the
  /// terminal's title or turn the order of the characters around.
  package var escapingControlCharacters: String {
    guard unicodeScalars.contains(where: \.actsOnTerminal) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.actsOnTerminal, scalar != "\n", scalar != "\t" {
        result += scalar.escape
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether a terminal acts on the scalar rather than showing it: a control character, or one that
  /// overrides the direction of what follows (Unicode Standard Annex 9, section 2).
  var actsOnTerminal: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// The scalar as Swift writes it in a literal: `\u{1B}`.
  var escape: String { "\\u{\(String(value, radix: 16, uppercase: true))}" }
}
