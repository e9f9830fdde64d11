/// Tokens and their ids, as the texts that stand in `tokenizer.json`, in flat storage.
struct Vocabulary: Sendable {
  /// Ids above this are refused; the largest published vocabularies have 262,144 tokens.
  static let largestID = 1 << 24 - 1

  /// How many tokens there are.
  private(set) var count = 0
  /// The texts of all tokens, one after the other.
  private var texts: [UInt8] = []
  /// Where the text of an id lies; -1 where there is none.
  private var starts: [Int32] = []
  private var lengths: [Int32] = []
  /// Open addressing: an id, or -1. Never more than half full.
  private var slots: [Int32]

  init(minimumCapacity: Int) {
    var capacity = 16
    while capacity < minimumCapacity * 2 { capacity *= 2 }
    slots = Array(repeating: -1, count: capacity)
  }

  /// The text of a token.
  func text(of id: Int32) -> ArraySlice<UInt8>? {
    guard id >= 0, id < starts.count, starts[Int(id)] >= 0 else { return nil }
    let start = Int(starts[Int(id)])
    return texts[start..<start + Int(lengths[Int(id)])]
  }

  /// The id of a token, by its text.
  func id(of text: some RandomAccessCollection<UInt8>) -> Int32? {
    let found = slots[slot(of: text)]
    return found < 0 ? nil : found
  }

  /// Adds a token.
  ///
  /// - Returns: False, and nothing changes, when the text or the id is taken.
  mutating func insert(_ text: some RandomAccessCollection<UInt8>, id: Int32) -> Bool {
    if (count + 1) * 2 > slots.count { grow() }
    let slot = slot(of: text)
    guard slots[slot] < 0, self.text(of: id) == nil else { return false }
    let missing = Int(id) + 1 - starts.count
    if missing > 0 {
      starts.append(contentsOf: repeatElement(-1, count: missing))
      lengths.append(contentsOf: repeatElement(0, count: missing))
    }
    slots[slot] = id
    starts[Int(id)] = Int32(texts.count)
    lengths[Int(id)] = Int32(text.count)
    texts.append(contentsOf: text)
    count += 1
    return true
  }

  /// The slot that holds a text, or the empty one where it would go.
  private func slot(of text: some RandomAccessCollection<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while true {
      guard let other = self.text(of: slots[slot]) else { return slot }
      if other.count == text.count, other.elementsEqual(text) { return slot }
      slot = (slot + 1) & mask
    }
  }

  private mutating func grow() {
    let ids = slots.filter { $0 >= 0 }
    slots = Array(repeating: -1, count: slots.count * 2)
    for id in ids {
      guard let text = text(of: id) else { continue }
      slots[slot(of: text)] = id
    }
  }
}
