import Synchronization
import Testing

@testable import Endpoints

@Suite("A sliding window", .timeLimit(.minutes(1)))
struct SlidingWindowTests {
  private struct Refusal: Error {}

  @Test("everything is done once", arguments: [1, 3, 100])
  func all(width: Int) async throws {
    var seen: [Int: Int] = [:]
    try await SlidingWindow(width: width).run(10, { $0 * $0 }, each: { seen[$0] = $1 })
    #expect(seen == Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, $0 * $0) }))
    try await SlidingWindow(width: width).run(0, { $0 }, each: { _, _ in Issue.record("nothing") })
  }

  @Test("what may not begin does not, and what has begun ends")
  func refusal() async throws {
    var (begun, seen): (Int, Set<Int>) = (0, [])
    await #expect(throws: Refusal.self) {
      try await SlidingWindow(width: 2).run(
        10,
        mayBegin: {
          guard begun < 5 else { throw Refusal() }
          begun += 1
        }, { $0 }, each: { number, _ in seen.insert(number) })
    }
    #expect(seen == [0, 1, 2, 3, 4])
  }

  @Test("one that fails ends the others that are under way, and no other begins")
  func failure() async throws {
    let begun = Mutex<Set<Int>>([])
    let (nothing, source) = AsyncStream.makeStream(of: Void.self)
    defer { source.finish() }
    await #expect(throws: Refusal.self) {
      try await SlidingWindow(width: 3).run(
        10,
        { number in
          _ = begun.withLock { $0.insert(number) }
          if number == 1 { throw Refusal() }
          // Nothing ever comes; only a cancellation ends it.
          for await _ in nothing {}
        }, each: { _, _ in })
    }
    #expect(begun.withLock { $0 }.isSubset(of: [0, 1, 2]))
  }
}
