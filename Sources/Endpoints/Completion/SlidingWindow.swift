/// Does many things, some at a time.
struct SlidingWindow {
  /// How many are under way at most, at least 1.
  let width: Int

  /// Does things numbered from 0, and begins one as soon as another has ended.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - mayBegin: Is called before each; once it throws, no other is begun, and those that are under way
  ///     end as they would.
  ///   - work: Does one.
  ///   - each: Takes what came of one, in the order in which they end.
  /// - Throws: The first that `work` or `each` throws, after the others that are under way were cancelled;
  ///   else what `mayBegin` throws.
  func run<Answer: Sendable>(
    _ count: Int, mayBegin: () throws -> Void = {},
    _ work: @escaping @Sendable (Int) async throws -> Answer, each: (Int, Answer) throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
      var (next, underWay) = (0, 0)
      var refusal: (any Error)?
      repeat {
        while next < count, underWay < width, refusal == nil {
          do {
            try mayBegin()
            group.addTask { [next] in (next, try await work(next)) }
            (next, underWay) = (next + 1, underWay + 1)
          } catch {
            refusal = error
          }
        }
        guard let (number, answer) = try await group.next() else { break }
        underWay -= 1
        try each(number, answer)
      } while true
      if let refusal { throw refusal }
    }
  }
}
