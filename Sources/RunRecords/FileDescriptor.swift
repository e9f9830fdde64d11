#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file that closes itself; the few POSIX calls that this module needs, with its errors.
struct FileDescriptor: ~Copyable, Sendable {
  let number: Int32
  let path: String
  /// What errors call the file: its final name, where `path` is a temporary one.
  private let name: String

  /// Opens `path` with the flags of `open(2)`; new files get a mode less the process's umask.
  init(
    opening path: String, _ flags: Int32, mode: mode_t = 0o666, to operation: String,
    named name: String? = nil
  ) throws(RunRecordError) {
    let number = open(path, flags | O_CLOEXEC, mode)
    guard number >= 0 else { throw .lastSystemError(operation, name ?? path) }
    self.number = number
    self.path = path
    self.name = name ?? path
  }

  deinit { _ = close(number) }

  /// Writes all bytes; interrupted and partial writes are continued.
  func write(_ bytes: UnsafeRawBufferPointer) throws(RunRecordError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let slice = UnsafeRawBufferPointer(rebasing: rest)
      #if canImport(Glibc)
        let count = Glibc.write(number, slice.baseAddress, slice.count)
      #else
        let count = Darwin.write(number, slice.baseAddress, slice.count)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        throw .lastSystemError("write", name)
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes all bytes.
  func write(_ bytes: [UInt8]) throws(RunRecordError) {
    do {
      try bytes.withUnsafeBytes { try write($0) }
    } catch let error as RunRecordError {
      throw error
    } catch {
      preconditionFailure("write throws RunRecordError alone, not \(error)")
    }
  }

  /// Reads bytes from where the last call stopped.
  ///
  /// - Returns: How many bytes of the buffer are new; 0 at the end of the file.
  func read(into buffer: inout [UInt8]) throws(RunRecordError) -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        #if canImport(Glibc)
          Glibc.read(number, bytes.baseAddress, bytes.count)
        #else
          Darwin.read(number, bytes.baseAddress, bytes.count)
        #endif
      }
      if count >= 0 { return count }
      if errno != EINTR { throw .lastSystemError("read", name) }
    }
  }

  /// The length of the file in bytes.
  func size() throws(RunRecordError) -> Int {
    var record = stat()
    guard fstat(number, &record) == 0 else { throw .lastSystemError("measure", name) }
    return Int(record.st_size)
  }

  /// Cuts the file off.
  func truncate(to length: Int) throws(RunRecordError) {
    guard ftruncate(number, off_t(length)) == 0 else { throw .lastSystemError("cut", name) }
  }

  /// Waits until the bytes are on the disk. Some file systems cannot (EINVAL): they have no disk.
  func synchronize() throws(RunRecordError) {
    guard fsync(number) == 0 || errno == EINVAL else { throw .lastSystemError("save", name) }
  }

  /// Takes the advisory lock that ends with this descriptor; false if another process holds it.
  ///
  /// Some network file systems have no such locks; there the answer is true, as nobody holds one.
  func tryLock() -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK }
}
