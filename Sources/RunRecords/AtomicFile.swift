#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that appears whole or not at all.
///
/// Bytes go to a temporary name in the same folder; `commit()` saves them to the disk and renames
/// the file over its final name. A value that is dropped without a commit removes what it wrote.
///
/// ```swift
/// var file = try AtomicFile(path: "scores.jsonl")
/// try file.write(line)
/// try file.commit()
/// ```
package struct AtomicFile: ~Copyable, Sendable {
  private let descriptor: FileDescriptor
  private let destination: String
  private var pending: [UInt8]
  private var isCommitted: Bool

  /// Bytes kept back so that many short lines make few system calls.
  private static let bufferSize = 1 << 16

  /// Opens the temporary file.
  ///
  /// A symbolic link is followed, so that the file it points to is replaced and not the link.
  ///
  /// - Parameter path: The final name. Its folder must exist.
  /// - Throws: ``RunRecordError`` if the name belongs to something that is not a regular file, or
  ///   the folder cannot be written.
  package init(path: String) throws(RunRecordError) {
    let destination = FileStatus(followingLinks: path) == nil ? path : resolvedPath(path)
    if let status = FileStatus(followingLinks: destination), !status.isRegularFile {
      throw .notARegularFile(path: path)
    }
    let descriptor = try FileDescriptor(
      opening: TemporaryName.beside(destination), O_WRONLY | O_CREAT | O_EXCL,
      to: "create the file", named: path)
    self.descriptor = descriptor
    self.destination = destination
    self.pending = []
    self.isCommitted = false
  }

  deinit {
    if !isCommitted { _ = unlink(descriptor.path) }
  }

  /// Writes a whole file at once.
  ///
  /// - Parameters:
  ///   - content: All of its bytes.
  ///   - path: Its name. Its folder must exist.
  /// - Throws: What ``init(path:)`` throws, and ``RunRecordError`` if the disk does not take it.
  package static func write(
    _ content: some Sequence<UInt8>, to path: String
  ) throws(RunRecordError) {
    var file = try AtomicFile(path: path)
    try file.write(content)
    try file.commit()
  }

  /// Writes a whole file of text, in UTF-8, at once.
  package static func write(_ text: String, to path: String) throws(RunRecordError) {
    try write(text.utf8, to: path)
  }

  /// Appends bytes.
  package mutating func write(_ bytes: some Sequence<UInt8>) throws(RunRecordError) {
    pending.append(contentsOf: bytes)
    if pending.count >= Self.bufferSize { try flush() }
  }

  /// Appends a text in UTF-8.
  package mutating func write(_ text: String) throws(RunRecordError) { try write(text.utf8) }

  /// Saves the file and gives it its final name, replacing an older one in a single step.
  package consuming func commit() throws(RunRecordError) {
    try flush()
    try descriptor.synchronize()
    guard rename(descriptor.path, destination) == 0 else {
      throw .lastSystemError("move the finished file into place", destination)
    }
    isCommitted = true
    try synchronizeFolder(parentFolder(of: destination))
  }

  private mutating func flush() throws(RunRecordError) {
    try descriptor.write(pending)
    pending.removeAll(keepingCapacity: true)
  }
}
