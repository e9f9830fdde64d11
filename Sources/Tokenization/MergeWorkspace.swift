/// The tokens of one piece while they merge, in memory that the next piece uses again.
struct MergeWorkspace: Sendable {
  var tokens: [Int32] = []
  /// `pairs[i]` is the merge of token `i` with its right neighbour, or `MergeTable.none`.
  private var pairs: [MergeTable.Merge] = []
  private var left: [Int32] = []
  private var right: [Int32] = []
  /// A binary heap, smallest first, of ranks above positions.
  private var queue: [UInt64] = []

  /// Merges until nothing is left to merge: for n tokens at most n² steps, in plain arrays.
  mutating func mergeByScanning(_ merges: MergeTable) {
    var count = tokens.count
    guard count > 1 else { return }
    fillPairs(merges)
    while true {
      var best = MergeTable.none
      var position = 0
      for index in 0..<count - 1 where pairs[index] < best {
        best = pairs[index]
        position = index
      }
      if best == MergeTable.none { break }
      tokens[position] = MergeTable.result(of: best)
      count -= 1
      for index in position + 1..<max(position + 1, count) {
        tokens[index] = tokens[index + 1]
        pairs[index] = pairs[index + 1]
      }
      pairs[position] =
        position + 1 < count ? merges[tokens[position], tokens[position + 1]] : MergeTable.none
      if position > 0 { pairs[position - 1] = merges[tokens[position - 1], tokens[position]] }
    }
    tokens.removeSubrange(count...)
  }

  /// The same by a priority queue over a linked list: for n tokens about n log n steps.
  mutating func mergeByQueue(_ merges: MergeTable) {
    let count = tokens.count
    fillPairs(merges)
    left = (0..<Int32(count)).map { $0 - 1 }
    right = (0..<Int32(count)).map { $0 + 1 }
    queue.removeAll(keepingCapacity: true)
    for position in 0..<count { enqueue(position) }

    while let entry = dequeue() {
      let position = Int(entry & 0xFFFF_FFFF)
      let merge = pairs[position]
      // A stale entry: the pair that it announced has merged with other neighbours since.
      guard merge != MergeTable.none, merge >> 32 == entry >> 32 else { continue }
      let absorbed = Int(right[position])
      let next = Int(right[absorbed])
      tokens[position] = MergeTable.result(of: merge)
      tokens[absorbed] = -1
      pairs[absorbed] = MergeTable.none
      right[position] = Int32(next)
      pairs[position] = MergeTable.none
      if next < count {
        left[next] = Int32(position)
        pairs[position] = merges[tokens[position], tokens[next]]
        enqueue(position)
      }
      let previous = Int(left[position])
      if previous >= 0 {
        pairs[previous] = merges[tokens[previous], tokens[position]]
        enqueue(previous)
      }
    }
    tokens.removeAll { $0 < 0 }
  }

  private mutating func fillPairs(_ merges: MergeTable) {
    pairs.removeAll(keepingCapacity: true)
    for index in 1..<tokens.count { pairs.append(merges[tokens[index - 1], tokens[index]]) }
    pairs.append(MergeTable.none)
  }

  private mutating func enqueue(_ position: Int) {
    let merge = pairs[position]
    guard merge != MergeTable.none else { return }
    var child = queue.count
    let entry = merge & ~0xFFFF_FFFF | UInt64(position)
    queue.append(entry)
    while child > 0, queue[(child - 1) / 2] > entry {
      queue[child] = queue[(child - 1) / 2]
      child = (child - 1) / 2
    }
    queue[child] = entry
  }

  private mutating func dequeue() -> UInt64? {
    guard let first = queue.first, let last = queue.popLast() else { return nil }
    if queue.isEmpty { return first }
    var parent = 0
    while true {
      var child = 2 * parent + 1
      if child >= queue.count { break }
      if child + 1 < queue.count, queue[child + 1] < queue[child] { child += 1 }
      if queue[child] >= last { break }
      queue[parent] = queue[child]
      parent = child
    }
    queue[parent] = last
    return first
  }
}
