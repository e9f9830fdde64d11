/// What the regular expressions of tokenizers ask of a character: letter, number, white space.
///
/// The table is recorded from the `tokenizers` library itself (scripts/record/unicode_tables.py),
/// and not taken from Swift's or the system's Unicode tables: those change from one release to the
/// next, and a character that becomes a letter would change token ids under a trained model.
enum CharacterClasses {
  /// `\p{L}`.
  static let letter: UInt8 = 1
  /// `\p{N}`.
  static let number: UInt8 = 2
  /// `\s`.
  static let space: UInt8 = 4
  /// Carriage return or line feed; always together with `space`.
  static let lineEnd: UInt8 = 8
  /// What the `Digits` pre-tokenizer isolates: `number` in a newer Unicode version.
  static let digit: UInt8 = 16

  static let table = ScalarTable(
    [
      (RecordedCharacterClasses.letters, letter), (RecordedCharacterClasses.numbers, number),
      (RecordedCharacterClasses.spaces, space), (RecordedCharacterClasses.digits, digit),
      ("A D", lineEnd),
    ].flatMap { text, value in
      text.split(whereSeparator: \.isWhitespace).map { ($0.scalarRange, value) }
    })
}
