import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The folder for what can be computed again: `attune` in the user's cache folder (XDG Base
/// Directory Specification).
struct CacheFolder {
  /// Its path; it need not exist.
  let path: String

  init(environment: [String: String]) {
    let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "."
    let base = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    path = "\(base ?? "\(home)/.cache")/attune"
  }

  /// Bytes that the user may still write there, or `nil` where the system does not say.
  var freeBytes: Int? {
    var folder = path
    while !FileManager.default.fileExists(atPath: folder) {
      let above = URL(filePath: folder).deletingLastPathComponent().path
      guard above != folder else { return nil }
      folder = above
    }
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return nil }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }
}
