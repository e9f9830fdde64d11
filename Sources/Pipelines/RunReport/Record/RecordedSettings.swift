/// The settings of a run as its `attune.yaml` has them: names with values as they are written there.
///
/// The file is Attune's own, one setting a line with its meaning behind `#`; this reads that form, and no
/// other YAML.
struct RecordedSettings: Sendable, Hashable {
  /// Names and values in the order of the file.
  let all: [(name: String, value: String)]

  /// Reads a file's text.
  init(_ text: String) {
    all = text.split(whereSeparator: \.isNewline).compactMap { line in
      guard let first = line.first, first.isLetter, let colon = line.firstIndex(of: ":") else {
        return nil
      }
      let value = Self.withoutMeaning(line[line.index(after: colon)...])
      return (String(line[..<colon]), value)
    }
  }

  /// The value of a setting; `nil` where it has none.
  subscript(name: String) -> String? {
    all.first { $0.name == name }.flatMap { $0.value == "null" ? nil : $0.value }
  }

  /// What stands before the first `#` that is outside of quotes and after a blank, without blanks around.
  private static func withoutMeaning(_ text: Substring) -> String {
    var (isQuoted, isEscaped, last) = (false, false, Character(" "))
    var value = text
    for index in text.indices {
      let character = text[index]
      if isEscaped {
        isEscaped = false
      } else if character == "\\", isQuoted {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == "#", !isQuoted, last == " " {
        value = text[..<index]
        break
      }
      last = character
    }
    let words = value.drop { $0 == " " }
    let end = words.lastIndex { $0 != " " }.map(words.index(after:)) ?? words.startIndex
    return String(words[..<end])
  }

  static func == (one: RecordedSettings, other: RecordedSettings) -> Bool {
    one.all.elementsEqual(other.all) { $0 == $1 }
  }

  func hash(into hasher: inout Hasher) {
    for (name, value) in all {
      hasher.combine(name)
      hasher.combine(value)
    }
  }
}
