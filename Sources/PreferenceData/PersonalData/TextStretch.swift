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

  /// Where the run of such bytes ends that begins at an index.
  func end(of run: (UInt8) -> Bool, from index: Int) -> Int {
    var index = index
    while index < endIndex, run(bytes[index]) { index += 1 }
    return index
  }
}

extension UInt8 {
  /// Whether what touches it is a part of the same word.
  var isWordPart: Bool { isAlphanumeric || self == TextStretch.placeholder }
}
