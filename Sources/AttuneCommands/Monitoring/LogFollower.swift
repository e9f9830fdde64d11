import Foundation
import PreferenceData

/// Reads the lines of a file that grows, each once it has its line feed.
struct LogFollower {
  /// A place in the file: behind a line.
  struct Position: Codable, Equatable {
    /// Bytes before it.
    var offset: UInt64 = 0
    /// Lines before it.
    var line = 0
  }

  /// A line of the file.
  struct Line {
    let bytes: [UInt8]
    let source: SourceLocation
  }

  let path: String
  /// Behind the last line that was given.
  private(set) var position: Position
  private var pending: [UInt8] = []
  private var start = 0

  /// Follows a file.
  ///
  /// - Parameters:
  ///   - path: The file, which may come to be later.
  ///   - position: Where to begin.
  init(path: String, position: Position) { (self.path, self.position) = (path, position) }

  /// The next line that is not blank; `nil` where there is none yet. A file that has become shorter is read from its
  /// beginning.
  mutating func next() throws -> Line? {
    while true {
      if let end = pending[start...].firstIndex(of: 0x0A) {
        let bytes = Array(pending[start..<end])
        position.offset += UInt64(bytes.count + 1)
        position.line += 1
        start = end + 1
        guard bytes.contains(where: { $0 > 0x20 }) else { continue }
        return Line(bytes: bytes, source: SourceLocation(file: path, line: position.line))
      }
      guard try readOn() else { return nil }
    }
  }

  /// Reads what is behind the bytes that are there; whether there was anything.
  private mutating func readOn() throws -> Bool {
    pending.removeSubrange(..<start)
    start = 0
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    if try file.seekToEnd() < position.offset + UInt64(pending.count) {
      (position, pending) = (Position(), [])
    }
    try file.seek(toOffset: position.offset + UInt64(pending.count))
    guard let data = try file.read(upToCount: 1 << 18), !data.isEmpty else { return false }
    pending += data
    return true
  }
}
