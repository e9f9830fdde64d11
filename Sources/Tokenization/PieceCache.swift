/// Remembers the tokens of pieces: most of any text is a few thousand words again and again.
///
/// It is bounded: when full it is emptied, which costs less than keeping account of use.
struct PieceCache: Sendable {
  private struct Entry {
    /// The piece's first eight bytes.
    var head: UInt64 = 0
    var hash: UInt32 = 0
    /// The piece's length in bytes; 0 marks an empty slot.
    var length: UInt16 = 0
    var tokenCount: UInt16 = 0
    /// Where the bytes after the first eight lie in `tails`.
    var tailStart: UInt32 = 0
    /// The token itself when there is one, else where they lie in `tokens`.
    var token: Int32 = 0
  }

  /// A piece as it is looked up.
  struct Key {
    fileprivate let head: UInt64
    fileprivate let hash: UInt64
  }

  /// Longer pieces hardly come twice.
  static let longestPiece = 256
  private static let slotCount = 1 << 16
  private static let entryLimit = slotCount / 8 * 5

  private var entries = [Entry](repeating: Entry(), count: slotCount)
  private var count = 0
  private var tails: [UInt8] = []
  private var tokens: [Int32] = []

  /// The key of a piece.
  @inline(__always)
  static func key(_ text: [UInt8], _ piece: Range<Int>) -> Key {
    let headEnd = min(piece.lowerBound + 8, piece.upperBound)
    var head: UInt64 = 0
    for index in piece.lowerBound..<headEnd { head = head << 8 | UInt64(text[index]) }
    var hash = (head ^ UInt64(piece.count)) &* 0x9E37_79B9_7F4A_7C15
    for index in headEnd..<piece.upperBound {
      hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01B3
    }
    return Key(head: head, hash: hash ^ hash >> 29)
  }

  /// Appends the tokens of a piece if they are known.
  ///
  /// - Returns: Whether they were.
  @inline(__always)
  func append(
    _ text: [UInt8], _ piece: Range<Int>, _ key: Key, to output: inout [Int32]
  ) -> Bool {
    var slot = Self.slot(of: key)
    while true {
      let entry = entries[slot]
      if entry.length == 0 { return false }
      if matches(entry, text, piece, key) {
        if entry.tokenCount == 1 {
          output.append(entry.token)
        } else {
          let start = Int(entry.token)
          output += tokens[start..<start + Int(entry.tokenCount)]
        }
        return true
      }
      slot = (slot + 1) & (Self.slotCount - 1)
    }
  }

  /// Remembers the tokens of a piece that was not known.
  mutating func insert(
    _ text: [UInt8], _ piece: Range<Int>, _ key: Key, tokens pieceTokens: ArraySlice<Int32>
  ) {
    guard piece.count <= Self.longestPiece else { return }
    if count == Self.entryLimit { removeAll() }
    var slot = Self.slot(of: key)
    while entries[slot].length != 0 { slot = (slot + 1) & (Self.slotCount - 1) }
    var entry = Entry(
      head: key.head, hash: UInt32(truncatingIfNeeded: key.hash), length: UInt16(piece.count),
      tokenCount: UInt16(pieceTokens.count), tailStart: UInt32(tails.count))
    tails += text[piece].dropFirst(8)
    if pieceTokens.count == 1, let token = pieceTokens.first {
      entry.token = token
    } else {
      entry.token = Int32(tokens.count)
      tokens += pieceTokens
    }
    entries[slot] = entry
    count += 1
  }

  private mutating func removeAll() {
    for slot in entries.indices { entries[slot].length = 0 }
    count = 0
    tails.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private static func slot(of key: Key) -> Int {
    Int(truncatingIfNeeded: key.hash >> 32) & (slotCount - 1)
  }

  @inline(__always)
  private func matches(
    _ entry: Entry, _ text: [UInt8], _ piece: Range<Int>, _ key: Key
  ) -> Bool {
    guard entry.head == key.head, entry.hash == UInt32(truncatingIfNeeded: key.hash),
      Int(entry.length) == piece.count
    else { return false }
    guard piece.count > 8 else { return true }
    let offset = Int(entry.tailStart) - piece.lowerBound - 8
    for index in piece.lowerBound + 8..<piece.upperBound where tails[index + offset] != text[index]
    {
      return false
    }
    return true
  }
}
