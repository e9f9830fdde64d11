/// UTF-8 between two placeholders, or between one and an end of the text.
struct TextStretch {
  private let bytes: ArraySlice<UInt8>
  private let before: UInt8
  private let after: UInt8

  /// What is seen in place of a placeholder: a byte that no text has.
  static let placeholder: UInt8 = 0xFF

  init(_ bytes: ArraySlice<UInt8>, followsPlaceholder: Bool, precedesPlaceholder: Bool) {
    self.bytes = bytes
    before = followsPlaceholder ? Self.placeholder : .space
    after = precedesPlaceholder ? Self.placeholder : .space
  }

  var startIndex: Int { bytes.startIndex }
  var endIndex: Int { bytes.endIndex }
  var indices: Range<Int> { bytes.indices }

  subscript(index: Int) -> UInt8 { bytes[index] }
  subscript(range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

  /// The byte at any index; beyond the ends a placeholder or a blank.
  func byte(at index: Int) -> UInt8 {
    index < startIndex ? before : index < endIndex ? bytes[index] : after
  }

  /// Where a separator ends that begins at an index; `nil` where none does.
  ///
  /// Where people write a blank or a hyphen, programs put blanks that do not break and dashes: U+00A0 and
  /// U+202F, and U+2010 to U+2014.
  func separatorEnd(at index: Int, among separators: [UInt8]) -> Int? {
    let first = byte(at: index)
    if first < 0x80 { return separators.contains(first) ? index + 1 : nil }
    let (second, third) = (byte(at: index + 1), byte(at: index + 2))
    switch (first, second, third) {
    case (0xC2, 0xA0, _): return separators.contains(.space) ? index + 2 : nil
    case (0xE2, 0x80, 0xAF): return separators.contains(.space) ? index + 3 : nil
    case (0xE2, 0x80, 0x90...0x94): return separators.contains(.hyphen) ? index + 3 : nil
    default: return nil
    }
  }

  /// Where the run of such bytes ends that begins at an index.
  func end(of run: (UInt8) -> Bool, from index: Int) -> Int {
    var index = index
    while index < endIndex, run(bytes[index]) { index += 1 }
    return index
  }
}

extension UInt8 {
  static let hyphen = UInt8(ascii: "-")

  /// Whether what touches it is a part of the same word.
  var isWordPart: Bool { isAlphanumeric || self == TextStretch.placeholder }
}
