/// Which pairs of tokens merge, in what order, into which token: a flat hash table.
struct MergeTable: Sendable {
  /// A merge: its rank above its result, so that the smaller number is the earlier merge.
  typealias Merge = UInt64
  /// No merge; later than every other.
  static let none = Merge.max

  private struct Slot {
    var pair: UInt64
    var merge: Merge
  }

  private static let empty = UInt64.max

  /// Open addressing, never more than half full.
  private var slots: [Slot]
  private let shift: UInt64

  /// Makes room for so many merges.
  init(count: Int) {
    var bits: UInt64 = 4
    while 1 << bits < count * 2 { bits += 1 }
    shift = 64 - bits
    slots = Array(repeating: Slot(pair: Self.empty, merge: Self.none), count: 1 << bits)
  }

  /// The merge of two neighbours, or `none`.
  @inline(__always)
  subscript(left: Int32, right: Int32) -> Merge {
    slots[slot(of: Self.key(left, right))].merge
  }

  /// Sets a merge. Of a pair that is listed twice, the later rank counts, as in `tokenizers`.
  mutating func insert(left: Int32, right: Int32, rank: Int, result: Int32) {
    let key = Self.key(left, right)
    slots[slot(of: key)] = Slot(pair: key, merge: UInt64(rank) << 32 | UInt64(result))
  }

  /// The token that a merge produces.
  @inline(__always)
  static func result(of merge: Merge) -> Int32 { Int32(truncatingIfNeeded: merge) }

  @inline(__always)
  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while slots[slot].pair != key, slots[slot].pair != Self.empty {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }
}
