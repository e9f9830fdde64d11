/// A binary heap of pairs that may merge: the most frequent first, and of equally frequent ones that
/// with the smaller ids, as in `tokenizers`.
struct CandidateQueue {
  /// A pair, as it was when it was put in.
  struct Candidate {
    let pair: TokenPair
    let index: PairCounts.Index
    var count: Int

    fileprivate func precedes(_ other: Candidate) -> Bool {
      count != other.count ? count > other.count : pair < other.pair
    }
  }

  private var heap: [Candidate] = []

  mutating func insert(_ candidate: Candidate) {
    var child = heap.count
    heap.append(candidate)
    while child > 0, candidate.precedes(heap[(child - 1) / 2]) {
      heap[child] = heap[(child - 1) / 2]
      child = (child - 1) / 2
    }
    heap[child] = candidate
  }

  mutating func popFirst() -> Candidate? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return first }
    var parent = 0
    while true {
      var child = 2 * parent + 1
      if child >= heap.count { break }
      if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
      if !heap[child].precedes(last) { break }
      heap[parent] = heap[child]
      parent = child
    }
    heap[parent] = last
    return first
  }
}
