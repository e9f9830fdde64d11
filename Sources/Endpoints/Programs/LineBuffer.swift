#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Bytes that come in pieces of any size, and are taken as lines. No byte is looked at twice.
struct LineBuffer {
  /// What was read and not taken.
  private(set) var bytes: [UInt8] = []
  private var searched = 0

  /// Appends what can be read at once without blocking.
  mutating func read(from descriptor: Int32) -> Reading { readAvailable(descriptor, into: &bytes) }

  /// Hands whole lines on, without their ends, as long as they are wanted; the rest is kept.
  ///
  /// - Parameter take: Takes a line, and says whether another is wanted.
  /// - Throws: What `take` throws; then nothing can be read any more.
  mutating func takeLines<Failure: Error>(
    _ take: (ArraySlice<UInt8>) throws(Failure) -> Bool
  ) throws(Failure) {
    var (start, isWanted) = (0, true)
    while isWanted, let end = nextEnd() {
      isWanted = try take(bytes[start..<end])
      start = end + 1
      searched = start
    }
    bytes.removeFirst(start)
    searched -= start
  }

  /// The index of the next end of a line.
  private mutating func nextEnd() -> Int? {
    let end = bytes.withUnsafeBytes { bytes -> Int? in
      guard let base = bytes.baseAddress, searched < bytes.count,
        let end = memchr(base + searched, Int32(UInt8(ascii: "\n")), bytes.count - searched)
      else { return nil }
      return UnsafeRawPointer(end) - base
    }
    if end == nil { searched = bytes.count }
    return end
  }

  /// Forgets everything.
  mutating func removeAll() {
    bytes.removeAll()
    searched = 0
  }
}
