/// The four kinds of Protocol Buffers fields that TensorBoard's events need, written by hand.
///
/// Source: the Protocol Buffers encoding guide. A field is a tag (number · 8 + wire type), then its
/// value.
struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  /// A 64-bit floating-point number; wire type 1, little-endian.
  mutating func append(_ value: Double, field: UInt64) {
    appendVariableLength(field << 3 | 1)
    bytes.append(contentsOf: littleEndianBytes(value.bitPattern))
  }

  /// A 32-bit floating-point number; wire type 5, little-endian.
  mutating func append(_ value: Float, field: UInt64) {
    appendVariableLength(field << 3 | 5)
    bytes.append(contentsOf: littleEndianBytes(value.bitPattern))
  }

  /// A signed integer; wire type 0. Negative values take ten bytes, as two's complement.
  mutating func append(_ value: Int64, field: UInt64) {
    appendVariableLength(field << 3)
    appendVariableLength(UInt64(bitPattern: value))
  }

  /// A text or an embedded message; wire type 2, after its length.
  mutating func append(_ value: [UInt8], field: UInt64) {
    appendVariableLength(field << 3 | 2)
    appendVariableLength(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// Seven bits a byte, least significant first; the high bit says that more follow.
  private mutating func appendVariableLength(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// The bytes of an integer, least significant first.
func littleEndianBytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
