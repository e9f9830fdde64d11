#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Names for what is being written: hidden, recognisable, and different for each process and file.
enum TemporaryName {
  private static let mark = ".attune-"

  /// A fresh name in the folder of `path`, so that a rename to `path` stays on one file system.
  static func beside(_ path: String) -> String {
    let unique = String(UInt64.random(in: .min ... .max), radix: 36)
    let name = ".\(lastComponent(of: path))\(mark)\(getpid())-\(unique)"
    return join(parentFolder(of: path), name)
  }

  /// Whether `name` is a leftover of a process that was killed while it wrote.
  static func matches(_ name: String) -> Bool { name.hasPrefix(".") && name.contains(mark) }
}
