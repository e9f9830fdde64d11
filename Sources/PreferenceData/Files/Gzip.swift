import CZlib

/// Gzip (RFC 1952) inflated piece by piece, strictly: a file that ends early or goes on with
/// something else is damaged, not shorter.
///
/// A class, as zlib holds on to the address of its state.
final class Gzip {
  private let file: DataFile
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  private var isInsideMember = true
  /// Compressed bytes read from the file so far, those that wait to be inflated included.
  private var bytesRead = 0

  /// Whether the next bytes of the file are those that gzip begins with.
  ///
  /// - Throws: ``DataError/unreadable(path:reason:)``
  static func isCompressed(_ file: DataFile) throws(DataError) -> Bool {
    let magic = UnsafeMutableRawBufferPointer.allocate(byteCount: 2, alignment: 1)
    defer { magic.deallocate() }
    return try file.read(into: magic) == 2 && magic.elementsEqual([0x1F, 0x8B])
  }

  /// Inflates a file that stands at its first byte.
  init(_ file: DataFile) {
    self.file = file
    input = .allocate(byteCount: 1 << 17, alignment: 16)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let gzipOnly: Int32 = 16 + MAX_WBITS
    let status = inflateInit2_(
      stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib did not start: status \(status)")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// The next bytes of the contents of all members, one after the other.
  ///
  /// - Returns: The number of bytes, 0 at the end alone.
  /// - Throws: ``DataError/corruptGzip(path:reason:)``, or as the file does.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(clamping: buffer.count)
    let room = stream.pointee.avail_out
    while stream.pointee.avail_out == room {
      let hasInput = try refill()
      if !isInsideMember {
        guard hasInput, try nextMember() else { return 0 }
      }
      let status = inflate(stream, Z_NO_FLUSH)
      switch status {
      case Z_STREAM_END: isInsideMember = false
      case Z_OK: continue
      case Z_BUF_ERROR: if !hasInput { throw damaged("it ends before the compressed data does") }
      default:
        throw damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)")
      }
    }
    return Int(room - stream.pointee.avail_out)
  }

  /// Whether there are compressed bytes to work on.
  private func refill() throws(DataError) -> Bool {
    if stream.pointee.avail_in > 0 { return true }
    let count = try file.read(into: input)
    bytesRead += count
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(count)
    return count > 0
  }

  /// Goes on to the member after the one that has ended.
  ///
  /// - Returns: Whether there is one. Tapes and some tools pad with zeros, which gzip's own reader
  ///   accepts too.
  private func nextMember() throws(DataError) -> Bool {
    let end = bytesRead - Int(stream.pointee.avail_in)
    let isPadded = stream.pointee.next_in.pointee == 0
    while isPadded, try refill() {
      guard stream.pointee.next_in.pointee == 0 else { break }
      stream.pointee.next_in += 1
      stream.pointee.avail_in -= 1
    }
    if stream.pointee.avail_in == 0 { return false }
    guard !isPadded, stream.pointee.next_in.pointee == 0x1F else {
      throw damaged("after \(end) bytes comes something that is not gzip")
    }
    inflateReset(stream)
    isInsideMember = true
    return true
  }

  private func damaged(_ reason: String) -> DataError {
    .corruptGzip(path: file.path, reason: reason)
  }
}
