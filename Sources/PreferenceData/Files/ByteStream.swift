/// The contents of a file from its first byte, inflated where it is gzip, which is known by its
/// bytes, whatever the file is called.
struct ByteStream {
  private enum Encoding {
    case plain
    case gzip(Gzip)
  }

  private let file: DataFile
  private let encoding: Encoding

  /// The contents of a file, which is then this stream's to read.
  ///
  /// - Throws: ``DataError/unreadable(path:reason:)``
  init(_ file: DataFile) throws(DataError) {
    self.file = file
    file.rewind()
    let isCompressed = try Gzip.isCompressed(file)
    file.rewind()
    encoding = isCompressed ? .gzip(Gzip(file)) : .plain
  }

  /// Reads what comes next.
  ///
  /// - Returns: The number of bytes, 0 at the end alone.
  /// - Throws: ``DataError`` where the file is not readable or damaged.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    switch encoding {
    case .plain: try file.read(into: buffer)
    case .gzip(let gzip): try gzip.read(into: buffer)
    }
  }
}
