#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory in which a command keeps all its parts, known by a record among them.
public enum WorkingDirectory {
  /// Makes a directory where it is missing, and says whether a command may work in it.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - record: The name of the file that the command knows its own by.
  /// - Returns: Whether it is empty, hidden files not counted, or holds the record.
  /// - Throws: ``RunRecordError`` where there is a file in its place, or where it cannot be made or listed.
  public static func open(
    _ path: String, knownBy record: String
  ) throws(RunRecordError) -> Bool {
    _ = try makeFolders(path)
    guard FileStatus(followingLinks: path)?.isDirectory == true else {
      throw .notADirectory(path: path)
    }
    let names = try folderContents(path)
    return names.contains(record) || names.allSatisfy { $0.hasPrefix(".") }
  }

  /// Removes a file or a folder, which loses its name first, so that it is never half there.
  ///
  /// - Parameter path: What is there.
  /// - Throws: ``RunRecordError`` where it cannot be removed.
  package static func remove(_ path: String) throws(RunRecordError) {
    let hidden = TemporaryName.beside(path)
    guard rename(path, hidden) == 0 else { throw .lastSystemError("remove", path) }
    try delete(hidden)
  }

  /// Removes what processes that were killed have left half written, or half removed.
  ///
  /// - Parameter path: A directory that no other process writes.
  /// - Throws: ``RunRecordError`` where it cannot be listed, or something not be removed.
  package static func removeLeftovers(in path: String) throws(RunRecordError) {
    for name in try folderContents(path) where TemporaryName.matches(name) {
      try delete(join(path, name))
    }
  }

  private static func delete(_ path: String) throws(RunRecordError) {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw .system(operation: "remove", path: path, reason: "\(error)")
    }
  }
}
