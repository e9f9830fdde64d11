#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the operating system says.
enum SystemCall {
  /// Why the call that failed last has failed.
  static func reason() -> String { String(cString: strerror(errno)) }
}
