#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What kind of thing a path names.
struct FileStatus {
  private let mode: mode_t

  var isRegularFile: Bool { mode & S_IFMT == S_IFREG }
  var isDirectory: Bool { mode & S_IFMT == S_IFDIR }

  /// Nothing if the path, or what its links lead to, does not exist.
  init?(followingLinks path: String) {
    var record = stat()
    guard stat(path, &record) == 0 else { return nil }
    mode = record.st_mode
  }
}

/// The path without links, `.` and `..`, for as much of it as exists; the rest is kept as written.
package func resolvedPath(_ path: String) -> String {
  if let resolved = realpath(path, nil) {
    defer { free(resolved) }
    return String(cString: resolved)
  }
  let parent = parentFolder(of: path)
  guard parent != path else { return path }
  let folder = resolvedPath(parent)
  return join(folder, lastComponent(of: path))
}

/// `folder/name`.
func join(_ folder: String, _ name: String) -> String {
  folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
}

/// The path of the folder that holds `path`: `.` for a bare name, `/` for the root.
func parentFolder(of path: String) -> String {
  let trimmed = withoutTrailingSlashes(path)
  guard let slash = trimmed.lastIndex(of: "/") else { return "." }
  let parent = withoutTrailingSlashes(String(trimmed[..<slash]))
  return parent.isEmpty ? "/" : parent
}

/// The part of `path` after the last separator.
func lastComponent(of path: String) -> String {
  let trimmed = withoutTrailingSlashes(path)
  guard let slash = trimmed.lastIndex(of: "/"), trimmed != "/" else { return trimmed }
  return String(trimmed[trimmed.index(after: slash)...])
}

private func withoutTrailingSlashes(_ path: String) -> String {
  var path = path
  while path.count > 1, path.hasSuffix("/") { path.removeLast() }
  return path
}
