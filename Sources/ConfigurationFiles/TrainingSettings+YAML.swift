public import TrainingConfiguration

extension TrainingSettings {
  /// The configuration as a YAML file: every setting in the order of the table, with its meaning.
  ///
  /// Reading it gives an equal value, to the last bit of every number.
  public var yaml: String {
    literals.map { setting, value in
      let line = "\(setting.name): \(value.yaml)"
      let padding = String(repeating: " ", count: max(2, commentColumn - line.count))
      return line + padding + "# \(setting.meaning)\n"
    }
    .joined()
  }
}

/// Where the meanings start, if the values are short enough.
private let commentColumn = 36

extension SettingLiteral {
  /// The value as one YAML node on one line.
  fileprivate var yaml: String {
    switch self {
    case .none: "null"
    case .word(let word): dotted(word)
    case .text(let text): quoted(text)
    case .list(let texts): "[" + texts.map(quoted).joined(separator: ", ") + "]"
    case .words(let words): "[" + words.map(dotted).joined(separator: ", ") + "]"
    }
  }

  /// A number as every YAML reader takes it for one; another word as it is.
  private func dotted(_ word: String) -> String {
    word.first?.isNumber == true ? word.withDottedExponent : word
  }

  /// The text without quotes where no YAML reader could take it for something else.
  private func quoted(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && ($0.isLetter || $0 == "/" || $0 == "_") } == true
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
      && !["true", "false", "yes", "no", "on", "off", "y", "n", "null"].contains(text.lowercased())
    return isPlain ? text : "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  /// One code point inside double quotes.
  private func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"", "\\": "\\\(scalar)"
    case "\n": "\\n"
    case "\t": "\\t"
    case _ where isUnprintable(scalar):
      "\\U" + String(repeating: "0", count: 8 - hexadecimal(scalar).count) + hexadecimal(scalar)
    default: String(scalar)
    }
  }

  /// Control characters, the line breaks of YAML beside the line feed, and the byte-order mark.
  private func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    String(scalar.value, radix: 16)
  }
}
