import Foundation

extension String {
  /// Model text on one line that is safe to show: it may be anything, and a terminal must not act on it.
  ///
  /// - Parameter limit: Characters beyond which it is cut.
  /// - Returns: The line.
  func shownOnOneLine(limit: Int) -> String {
    let line = escapingControlCharacters.split(whereSeparator: \.isNewline)
      .joined(separator: " ⏎ ").trimmingCharacters(in: .whitespaces)
    return line.count > limit ? "\(line.prefix(limit))…" : line
  }
}
