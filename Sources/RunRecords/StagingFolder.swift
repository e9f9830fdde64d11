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

/// A hidden folder in which several files are made ready before any of them appears.
///
/// A model is weights, shards, configuration and tokenizer: they are written here under their final
/// names, and `commit()` moves all of them into place once the last one is complete. A value that
/// is dropped without a commit removes the folder.
package struct StagingFolder: ~Copyable, Sendable {
  /// Where to write the files.
  package let path: String
  private let destination: String

  /// The file that says what the others are. It is moved last: where it is, the rest is too.
  private static let key = "config.json"

  /// Makes the folder inside `destination`, so that moving files stays on one file system.
  package init(inside destination: String) throws(RunRecordError) {
    let path = TemporaryName.beside(join(destination, "incoming"))
    guard mkdir(path, 0o777) == 0 else { throw .lastSystemError("create this folder", path) }
    self.path = path
    self.destination = destination
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The names of the files that are ready, in the order in which `commit()` moves them.
  package func names() throws(RunRecordError) -> [String] {
    try folderContents(path).sorted { ($0 == Self.key ? 1 : 0, $0) < ($1 == Self.key ? 1 : 0, $1) }
  }

  /// Saves the files and moves them into place, each replacing an older one of its name.
  package consuming func commit() throws(RunRecordError) {
    let names = try names()
    try synchronizeFiles(in: path)
    for name in names {
      guard rename(join(path, name), join(destination, name)) == 0 else {
        throw .lastSystemError("move the finished file into place", join(destination, name))
      }
    }
    try synchronizeFolder(destination)
  }
}
