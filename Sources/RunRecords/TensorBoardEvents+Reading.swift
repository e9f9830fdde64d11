#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension TensorBoardEvents {
  /// When each record of a file was written, in seconds since 1970; a record that a killed process has
  /// left half written is not counted.
  ///
  /// - Parameter path: A file that ``TensorBoardEvents`` has written: each `Event` begins with its time.
  /// - Returns: The times in the order of the file, that of the version record first.
  /// - Throws: ``RunRecordError`` if the file cannot be read.
  static func wallTimes(at path: String) throws(RunRecordError) -> [Double] {
    let bytes = [UInt8](try readFile(path))
    var times: [Double] = []
    var start = 0
    // Length, its checksum, the tag of field 1 and a Double are 21 bytes.
    while start + 21 <= bytes.count {
      let length = Int(truncatingIfNeeded: number(UInt64.self, in: bytes, at: start))
      guard length >= 9, length <= bytes.count - start - 16 else { break }
      guard bytes[start + 12] == 1 << 3 | 1 else { break }
      times.append(Double(bitPattern: number(UInt64.self, in: bytes, at: start + 13)))
      start += 8 + 4 + length + 4
    }
    return times
  }

  /// A little-endian number.
  private static func number<Value: FixedWidthInteger>(
    _ type: Value.Type, in bytes: [UInt8], at start: Int
  ) -> Value {
    (0..<MemoryLayout<Value>.size).reduce(0) { $0 | Value(bytes[start + $1]) << (8 * $1) }
  }
}
