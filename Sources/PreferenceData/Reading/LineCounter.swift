/// Turns growing offsets into lines, each byte looked at once.
struct LineCounter {
  private var position = 0
  private var line = 1
  private var lineStart = 0

  /// Where a byte stands.
  ///
  /// - Parameters:
  ///   - offset: The byte, not before one that was asked for earlier.
  ///   - bytes: The bytes from where counting began.
  /// - Returns: Its line, and its place in that line, both counted from 1.
  mutating func place(of offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
    while position < min(offset, bytes.count) {
      position += 1
      if bytes[position - 1] == .lineFeed {
        line += 1
        lineStart = position
      }
    }
    return (line, offset - lineStart + 1)
  }

  /// Goes on in bytes that begin at what was `offset` so far.
  mutating func moveOrigin(to offset: Int, in bytes: [UInt8]) {
    _ = place(of: offset, in: bytes)
    position -= offset
    lineStart -= offset
  }
}
