extension String {
  /// Whether it holds characters that no name has, such as line feeds and NUL.
  var hasControlCharacters: Bool {
    unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  /// The text as SQLite keeps it whole: it would end at a NUL.
  var storable: String {
    utf8.contains(0) ? replacing("\u{0}", with: "\u{FFFD}") : self
  }
}
