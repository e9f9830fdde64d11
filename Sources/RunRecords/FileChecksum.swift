/// A checksum of files as they lie on the disk, to notice that they have changed.
package enum FileChecksum {
  /// CRC-32C over those of some files of a folder, in the order of their names.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - isIncluded: Whether a file counts, by its name.
  /// - Returns: One number; another one if any of the files is another.
  /// - Throws: ``RunRecordError`` if one cannot be read.
  package static func castagnoli(
    ofFilesIn folder: String, where isIncluded: (String) -> Bool
  ) throws(RunRecordError) -> UInt32 {
    var whole = CRC32C()
    for name in try folderContents(folder).sorted() where isIncluded(name) {
      let (_, checksum) = try measured(join(folder, name))
      withUnsafeBytes(of: checksum.littleEndian) { whole.update($0) }
    }
    return whole.value
  }
}
