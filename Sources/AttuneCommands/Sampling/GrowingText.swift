/// A text that grows token by token, shown as far as it is certain: a character may be complete only with the next
/// token, and a stop may have begun.
struct GrowingText {
  private let stops: [String]
  private let held: Int
  private var shown = ""

  /// Nothing is shown yet.
  ///
  /// - Parameter stops: Texts that are not to be shown, nor their beginnings.
  init(stops: [String]) {
    self.stops = stops
    held = max(0, (stops.map(\.unicodeScalars.count).max() ?? 0) - 1)
  }

  /// What of a text can be shown now.
  ///
  /// - Parameter text: All of it so far.
  /// - Returns: What follows what was shown before.
  mutating func grown(to text: String) -> String {
    let end = stops.compactMap { text.firstRange(of: $0)?.lowerBound }.min()
    var scalars = end.map { text.unicodeScalars[..<$0] } ?? text.unicodeScalars.dropLast(held)
    while scalars.last == "\u{FFFD}" { scalars.removeLast() }
    return rest(of: String(String.UnicodeScalarView(scalars)), keeping: true)
  }

  /// What of the whole text was not shown yet.
  mutating func rest(of text: String) -> String { rest(of: text, keeping: false) }

  private mutating func rest(of text: String, keeping: Bool) -> String {
    guard text.unicodeScalars.starts(with: shown.unicodeScalars) else { return "" }
    let rest = text.unicodeScalars.dropFirst(shown.unicodeScalars.count)
    if keeping { shown = text }
    return String(String.UnicodeScalarView(rest))
  }
}
