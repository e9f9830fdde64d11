/// How often each piece occurs in the text so far: a flat hash table.
///
/// A text has few distinct pieces, and everything after the counting goes by these alone.
struct PieceCounts: Sendable {
  /// How often each piece occurs, in the order of first occurrence.
  private(set) var counts: [Int] = []
  /// The bytes of all pieces, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where each piece ends in `bytes`, and the next begins.
  private var ends: [Int] = []
  private var hashes: [UInt32] = []
  /// Open addressing: the number of a piece, or -1. Never more than half full.
  private var slots = [Int32](repeating: -1, count: 1 << 12)

  /// How many distinct pieces there are.
  var count: Int { counts.count }

  /// Where a piece lies in `bytes`.
  func range(of piece: Int) -> Range<Int> { (piece > 0 ? ends[piece - 1] : 0)..<ends[piece] }

  /// Counts one more occurrence.
  ///
  /// - Parameters:
  ///   - text: Any bytes.
  ///   - range: The piece, not empty.
  mutating func add(_ text: [UInt8], _ range: Range<Int>) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range { hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01B3 }
    let short = UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    var slot = Int(short) & (slots.count - 1)
    while slots[slot] >= 0 {
      let piece = Int(slots[slot])
      if hashes[piece] == short, isEqual(piece, text, range) {
        counts[piece] += 1
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(count)
    counts.append(1)
    hashes.append(short)
    bytes += text[range]
    ends.append(bytes.count)
    if count * 2 > slots.count { grow() }
  }

  private func isEqual(_ piece: Int, _ text: [UInt8], _ other: Range<Int>) -> Bool {
    let own = range(of: piece)
    guard own.count == other.count else { return false }
    let offset = own.lowerBound - other.lowerBound
    for index in other where bytes[index + offset] != text[index] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for piece in 0..<count {
      var slot = Int(hashes[piece]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(piece)
    }
  }
}
