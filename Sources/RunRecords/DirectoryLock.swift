#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory that one process writes at a time, for as long as this value lives.
///
/// The lock is advisory, ends with the process however that ends, and leaves no file.
package struct DirectoryLock: ~Copyable, Sendable {
  private let descriptor: FileDescriptor

  /// Takes the lock.
  ///
  /// - Parameter path: A directory.
  /// - Throws: ``RunRecordError/inUse(path:)`` while another process has it.
  package init(_ path: String) throws(RunRecordError) {
    let descriptor = try FileDescriptor(
      opening: path, O_RDONLY | O_DIRECTORY, to: "open the folder")
    guard descriptor.tryLock() else { throw .inUse(path: path) }
    self.descriptor = descriptor
  }
}
