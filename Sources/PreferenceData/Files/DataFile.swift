#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file that can be read from its beginning more than once.
///
/// What comes out of a pipe comes once: it is put into an unnamed temporary file first.
final class DataFile {
  /// The path as it was given.
  let path: String
  /// Whether the name is that of a pipe or a device, which says nothing about the format.
  let isUnnamed: Bool
  private var descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: ``DataError`` where it is missing, a folder or not readable.
  init(path: String) throws(DataError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? .missingFile(path: path) : .unreadable(path: path, reason: SystemCall.reason())
    }
    self.path = path
    self.descriptor = descriptor
    var status = stat()
    let type = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
    isUnnamed = type != S_IFREG || path.hasPrefix("/dev/")
    if type == S_IFDIR { throw .directory(path: path) }
    if type != S_IFREG { try spool() }
  }

  deinit { close(descriptor) }

  /// Goes back to the first byte.
  func rewind() { lseek(descriptor, 0, SEEK_SET) }

  /// Reads what comes next.
  ///
  /// - Returns: The number of bytes, 0 at the end alone.
  /// - Throws: ``DataError/unreadable(path:reason:)``
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    while true {
      #if canImport(Darwin)
        let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      if errno != EINTR { throw .unreadable(path: path, reason: SystemCall.reason()) }
    }
  }

  /// Replaces the pipe by a temporary file with all that comes out of it.
  private func spool() throws(DataError) {
    var template = Array("\(Self.temporaryFolder)/attune-XXXXXX".utf8CString)
    let copy = mkstemp(&template)
    guard copy >= 0 else { throw unspooled() }
    unlink(template)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    do throws(DataError) {
      while case let count = try read(into: buffer), count > 0 {
        var rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        while !rest.isEmpty {
          let written = write(copy, rest.baseAddress, rest.count)
          if written < 0, errno == EINTR { continue }
          guard written > 0 else { throw unspooled() }
          rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
      }
    } catch {
      close(copy)
      throw error
    }
    close(descriptor)
    descriptor = copy
    rewind()
  }

  private func unspooled() -> DataError {
    .unwritable(
      path: "\(Self.temporaryFolder) (a temporary copy of \(path))", reason: SystemCall.reason())
  }

  private static var temporaryFolder: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }
}
