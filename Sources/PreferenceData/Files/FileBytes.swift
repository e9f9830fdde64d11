#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The whole of a file, inflated where it is gzip.
enum FileBytes {
  /// Reads a file; gzip is known by its first bytes, whatever the file is called.
  ///
  /// - Throws: ``DataError`` where the file is missing, a directory, not readable or damaged.
  static func contents(of path: String) throws(DataError) -> [UInt8] {
    let bytes = try raw(path)
    return Gzip.isCompressed(bytes) ? try Gzip.inflate(bytes, path: path) : bytes
  }

  /// The size of a file, 0 for a pipe.
  ///
  /// - Throws: ``DataError`` where there is no file of that name.
  @discardableResult
  static func size(of path: String) throws(DataError) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw errno == ENOENT
        ? .missingFile(path: path) : .unreadable(path: path, reason: systemMessage())
    }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .directory(path: path) }
    return Int(status.st_size)
  }

  static func raw(_ path: String) throws(DataError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(try size(of: path))
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: systemMessage()) }
    defer { close(descriptor) }
    let chunk = 1 << 20
    while true {
      var failed = false
      // Pipes have no size: read until there is nothing left.
      let piece = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
        var received: Int
        repeat {
          received = read(descriptor, buffer.baseAddress, chunk)
        } while received < 0 && errno == EINTR
        count = max(received, 0)
        failed = received < 0
      }
      if failed { throw .unreadable(path: path, reason: systemMessage()) }
      if piece.isEmpty { return bytes }
      bytes.append(contentsOf: piece)
    }
  }

  /// What the system says about the call that failed last.
  static func systemMessage() -> String { String(cString: strerror(errno)) }
}
