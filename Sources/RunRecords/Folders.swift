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

/// The names in a folder, sorted.
func folderContents(_ folder: String) throws(RunRecordError) -> [String] {
  do {
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  } catch {
    throw .system(operation: "list the folder", path: folder, reason: "\(error)")
  }
}

/// Waits until the names in `folder`, for instance after a rename, are on the disk.
func synchronizeFolder(_ folder: String) throws(RunRecordError) {
  try FileDescriptor(opening: folder, O_RDONLY | O_DIRECTORY, to: "open").synchronize()
}

/// Waits until the files in `folder` are on the disk.
func synchronizeFiles(in folder: String) throws(RunRecordError) {
  for name in try folderContents(folder) {
    try FileDescriptor(opening: join(folder, name), O_RDONLY, to: "open").synchronize()
  }
}

/// Makes the folder and what is missing above it; returns what it made, outermost first.
func makeFolders(_ path: String) throws(RunRecordError) -> [String] {
  if FileStatus(followingLinks: path) != nil { return [] }
  let above = try makeFolders(parentFolder(of: path))
  guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
    let error = RunRecordError.lastSystemError("create the folder", path)
    removeFolders(above)
    throw error
  }
  return above + [path]
}

/// Takes back what `makeFolders` made, as far as nobody has put anything there since.
func removeFolders(_ folders: [String]) {
  for folder in folders.reversed() { _ = rmdir(folder) }
}

/// Checks that a missing folder could be made: there is a folder above it that can be written.
func checkCanMakeFolder(_ path: String) throws(RunRecordError) {
  var folder = parentFolder(of: path)
  while FileStatus(followingLinks: folder) == nil, folder != parentFolder(of: folder) {
    folder = parentFolder(of: folder)
  }
  guard FileStatus(followingLinks: folder)?.isDirectory == true else {
    throw .notADirectory(path: folder)
  }
  try checkWritable(folder)
}

/// Checks that files can be made in a folder.
func checkWritable(_ folder: String) throws(RunRecordError) {
  guard access(folder, W_OK | X_OK) == 0 else {
    throw .lastSystemError("write in this folder", folder)
  }
}
