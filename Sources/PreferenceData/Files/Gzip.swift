import CZlib

/// Gzip (RFC 1952), strictly: a file that ends early or goes on with something else is damaged, not
/// shorter.
enum Gzip {
  /// Whether the bytes begin as gzip does.
  static func isCompressed(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }

  /// The contents of all members, one after the other.
  ///
  /// - Throws: ``DataError/corruptGzip(path:reason:)``
  static func inflate(_ bytes: [UInt8], path: String) throws(DataError) -> [UInt8] {
    var contents: [UInt8] = []
    var start = 0
    repeat {
      start = try inflateMember(of: bytes, from: start, into: &contents, path: path)
      // Tapes and some tools pad with zeros, which gzip's own reader accepts too.
    } while start < bytes.count && !bytes[start...].allSatisfy { $0 == 0 }
    return contents
  }

  /// Inflates one member and checks its length and checksum.
  ///
  /// - Returns: The index of the byte after it.
  private static func inflateMember(
    of bytes: [UInt8], from start: Int, into contents: inout [UInt8], path: String
  ) throws(DataError) -> Int {
    guard Gzip.isCompressed(Array(bytes[start...].prefix(2))) else {
      throw .corruptGzip(
        path: path, reason: "after \(start) bytes comes something that is not gzip")
    }
    var stream = z_stream()
    let gzipOnly: Int32 = 16 + MAX_WBITS
    let opened = inflateInit2_(
      &stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(opened == Z_OK, "zlib did not start: status \(opened)")
    defer { inflateEnd(&stream) }

    var position = start
    while true {
      // zlib counts in 32 bits: larger input goes in pieces.
      let available = min(bytes.count - position, 1 << 30)
      let room = 1 << 18
      var status = Z_OK
      let piece = [UInt8](unsafeUninitializedCapacity: room) { output, count in
        bytes.withUnsafeBufferPointer { input in
          // zlib does not write to its input: the pointer is mutable for want of `const` alone.
          stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + position })
          stream.avail_in = UInt32(available)
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(room)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        count = room - Int(stream.avail_out)
      }
      position += available - Int(stream.avail_in)
      contents.append(contentsOf: piece)
      switch status {
      case Z_STREAM_END: return position
      case Z_OK where !piece.isEmpty || position < bytes.count: continue
      case Z_OK, Z_BUF_ERROR:
        throw .corruptGzip(path: path, reason: "it ends before the compressed data does")
      default:
        let reason = stream.msg.map { String(cString: $0) } ?? "zlib status \(status)"
        throw .corruptGzip(path: path, reason: reason)
      }
    }
  }
}
