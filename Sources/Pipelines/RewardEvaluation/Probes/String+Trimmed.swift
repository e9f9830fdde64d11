extension String {
  /// Without white space at both ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  /// The white space that a completion begins with, and the rest without white space at its end.
  var leadingBlankAndText: (blank: Substring, text: String) {
    (prefix { $0.isWhitespace }, trimmed)
  }
}
