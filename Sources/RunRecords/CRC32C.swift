/// The cyclic redundancy check with Castagnoli's polynomial, as TFRecord files use it.
///
/// Reflected polynomial 0x82F63B78, initial value and final exclusive-or all ones. Source: RFC 3720,
/// section 12.1 and appendix B.4, which has the test vectors.
enum CRC32C {
  /// The remainder for each value of one byte.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { remainder, _ in
      remainder & 1 == 1 ? (remainder >> 1) ^ 0x82F6_3B78 : remainder >> 1
    }
  }

  /// The checksum of `bytes`.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { remainder, byte in
      (remainder >> 8) ^ table[Int((remainder ^ UInt32(byte)) & 0xFF)]
    }
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
