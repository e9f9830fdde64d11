/// Two tokens side by side, ordered by the left one, then the right one.
struct TokenPair: Hashable, Comparable, Sendable {
  private let bits: UInt64

  init(_ left: Int32, _ right: Int32) {
    bits = UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  var left: Int32 { Int32(truncatingIfNeeded: bits >> 32) }
  var right: Int32 { Int32(truncatingIfNeeded: bits) }
  /// A number whose upper bits depend on both tokens.
  var scattered: UInt64 { bits &* 0x9E37_79B9_7F4A_7C15 }

  static func < (left: TokenPair, right: TokenPair) -> Bool { left.bits < right.bits }
}
