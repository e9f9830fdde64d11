/// The cyclic redundancy check with Castagnoli's polynomial, as TFRecord files use it.
///
/// Reflected polynomial 0x82F63B78, initial value and final exclusive-or all ones. Source: RFC 3720,
/// section 12.1 and appendix B.4, which has the test vectors.
struct CRC32C {
  private var remainder = UInt32.max

  /// The checksum of all bytes so far.
  var value: UInt32 { ~remainder }

  /// Row 0 has the remainder of each value of one byte; row r the same byte followed by r zeros, so
  /// that eight bytes are taken at once (Kounavis & Berry 2005, "slicing by 8"): checkpoints are
  /// gigabytes, and byte by byte they would take as long as writing them.
  private static let tables: [UInt32] = {
    var tables: [UInt32] = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { remainder, _ in
        remainder & 1 == 1 ? (remainder >> 1) ^ 0x82F6_3B78 : remainder >> 1
      }
    }
    for entry in 256..<8 * 256 {
      let shorter = tables[entry - 256]
      tables.append((shorter >> 8) ^ tables[Int(shorter & 0xFF)])
    }
    return tables
  }()

  /// Takes more bytes into the checksum.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var remainder = remainder
    Self.tables.withUnsafeBufferPointer { tables in
      let eights = bytes.count / 8 * 8
      for start in stride(from: 0, to: eights, by: 8) {
        let word =
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
          ^ UInt64(remainder)
        remainder = (0..<8).reduce(0) { sum, byte in
          sum ^ tables[(7 - byte) * 256 + Int(truncatingIfNeeded: (word >> (8 * byte)) & 0xFF)]
        }
      }
      for byte in bytes[eights...] {
        remainder = (remainder >> 8) ^ tables[Int((remainder ^ UInt32(byte)) & 0xFF)]
      }
    }
    self.remainder = remainder
  }

  /// The checksum of `bytes`.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var checksum = CRC32C()
    bytes.withUnsafeBytes { checksum.update($0) }
    return checksum.value
  }

  /// The checksum, rotated and shifted by a constant.
  ///
  /// TFRecord stores it so because a checksum of data that hold their own checksum is weak
  /// (TensorFlow, `tsl/lib/hash/crc32c.h`).
  static func masked(_ bytes: [UInt8]) -> UInt32 {
    let value = checksum(bytes)
    return ((value >> 15) | (value << 17)) &+ 0xA282_EAD8
  }
}
