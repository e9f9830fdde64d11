/// Decimal numbers as programs and spreadsheets write them.
enum DecimalNumber {
  /// The number that a text is; `nan`, `inf` and hexadecimal digits, which Swift reads too, are none.
  static func value(of text: String) -> Double? {
    guard text.allSatisfy({ "0123456789+-.eE".contains($0) }) else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
