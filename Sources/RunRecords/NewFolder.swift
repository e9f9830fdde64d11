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

/// A folder that appears whole or not at all, for instance a new model.
///
/// Files are written into a hidden folder beside the final name, and `commit()` renames that. A
/// value that is dropped without a commit removes what it made.
package struct NewFolder: ~Copyable, Sendable {
  /// Where to write the files.
  package let path: String
  private let destination: String
  private let foldersAbove: [String]
  private var isCommitted: Bool

  /// Prepares a folder.
  ///
  /// - Parameter destination: The final path. It is missing or an empty folder; folders above it
  ///   are made if they are missing.
  /// - Throws: ``RunRecordError`` with what is in the way.
  package init(at destination: String) throws(RunRecordError) {
    try Self.check(destination)
    let resolved = resolvedPath(destination)
    let foldersAbove = try makeFolders(parentFolder(of: resolved))
    let path = TemporaryName.beside(resolved)
    guard mkdir(path, 0o777) == 0 else {
      let error = RunRecordError.lastSystemError("create the folder", destination)
      removeFolders(foldersAbove)
      throw error
    }
    self.path = path
    self.destination = resolved
    self.foldersAbove = foldersAbove
    self.isCommitted = false
  }

  deinit {
    if !isCommitted {
      try? FileManager.default.removeItem(atPath: path)
      removeFolders(foldersAbove)
    }
  }

  /// Checks that a folder could be put at `destination`, without making anything.
  package static func check(_ destination: String) throws(RunRecordError) {
    guard let status = FileStatus(followingLinks: destination) else {
      return try checkCanMakeFolder(destination)
    }
    guard status.isDirectory else { throw .notADirectory(path: destination) }
    guard try folderContents(destination).isEmpty else { throw .notEmpty(path: destination) }
    try checkWritable(parentFolder(of: resolvedPath(destination)))
  }

  /// Saves the files and gives the folder its name.
  package consuming func commit() throws(RunRecordError) {
    try synchronizeFiles(in: path)
    guard rename(path, destination) == 0 else {
      throw .lastSystemError("move the finished folder into place", destination)
    }
    isCommitted = true
    try synchronizeFolder(parentFolder(of: destination))
  }
}
