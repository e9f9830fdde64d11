/// A command line as a shell reads it.
struct ShellCommand: Sendable, Hashable {
  private let words: [String]

  /// A command.
  ///
  /// - Parameter words: The program and its arguments, as the process got them.
  init(_ words: [String]) { self.words = words.map(Self.quoted) }

  /// The command on one line.
  var line: String { words.joined(separator: " ") }

  /// The command with each option on a line of its own, where one line would be long.
  var text: String {
    if line.count <= 72 { return line }
    return words.enumerated().map { index, word in
      index == 0 ? word : word.hasPrefix("--") ? " \\\n  \(word)" : " \(word)"
    }.joined()
  }

  /// A word as it is where no shell could take it for more; else in single quotes, within which a shell
  /// takes everything for itself but the quote.
  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "_@%+=:,./-".contains($0))
      }
    return isPlain
      ? word
      : "'\(word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
  }
}
