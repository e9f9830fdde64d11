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
}
