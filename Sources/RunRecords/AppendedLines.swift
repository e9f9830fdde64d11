#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of lines that grows, and that one holder at a time may write.
///
/// Each line is handed to the operating system in one call before `append` returns, so a process that
/// is killed keeps every line it wrote, and at most the last one is cut short.
package final class AppendedLines: Sendable {
  private let path: String
  private let descriptor: FileDescriptor

  /// Opens a file, makes it if it is missing, and holds it as long as this value lives: `nil` where
  /// another process, or another value of this one, holds it.
  ///
  /// - Parameters:
  ///   - path: Its name. Its folder must exist.
  ///   - isPrivate: Whether a new file is for nobody but its owner to read.
  /// - Throws: ``RunRecordError`` where the file cannot be opened, or is none.
  package init?(path: String, isPrivate: Bool = false) throws(RunRecordError) {
    if let status = FileStatus(followingLinks: path), !status.isRegularFile {
      throw .notARegularFile(path: path)
    }
    let descriptor = try FileDescriptor(
      opening: path, O_RDWR | O_CREAT | O_APPEND, mode: isPrivate ? 0o600 : 0o666,
      to: "open the file")
    guard descriptor.tryLock() else { return nil }
    self.path = path
    self.descriptor = descriptor
  }

  /// All that is in the file.
  ///
  /// - Returns: Its bytes.
  /// - Throws: ``RunRecordError`` where they cannot be read.
  package func contents() throws(RunRecordError) -> [UInt8] { Array(try readFile(path)) }

  /// Cuts the file off.
  ///
  /// - Parameter length: How many bytes stay.
  /// - Throws: ``RunRecordError``.
  package func cut(to length: Int) throws(RunRecordError) { try descriptor.truncate(to: length) }

  /// Appends a line; of one that the disk does not take, nothing stays.
  ///
  /// - Parameter line: Without a line feed. Only one at a time may be appended.
  /// - Throws: ``RunRecordError`` where the disk does not take it.
  package func append(_ line: String) throws(RunRecordError) {
    let length = try descriptor.size()
    do throws(RunRecordError) {
      try descriptor.write(Array("\(line)\n".utf8))
    } catch {
      // Behind half a line the next one could not be read.
      try? descriptor.truncate(to: length)
      throw error
    }
  }
}
