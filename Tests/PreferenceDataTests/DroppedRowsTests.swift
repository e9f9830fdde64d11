import PreferenceData
import Testing

@Suite("The account of rows left out")
struct DroppedRowsTests {
  private func rows(_ reason: DropReason, lines: ClosedRange<Int>) -> DroppedRows {
    var dropped = DroppedRows()
    for line in lines { dropped.add(reason, at: SourceLocation(file: "f", line: line)) }
    return dropped
  }

  @Test("Reasons keep one order, counts add up, the first places are kept")
  func merge() {
    var dropped = rows(.promptTooLong, lines: 1...2)
    dropped.merge(rows(.tie, lines: 3...3))
    dropped.merge(rows(.promptTooLong, lines: 4...9))
    #expect(dropped.reasons == [.tie, .promptTooLong])
    #expect(dropped.total == 9)
    #expect(dropped[.promptTooLong] == 8 && dropped[.tie] == 1 && dropped[.emptyText] == 0)
    #expect(dropped.examples(of: .promptTooLong).map(\.line) == [1, 2, 4])
    #expect(
      dropped.description == """
        1 row: a tie prefers neither side (f:3)
        8 rows: the prompt has max_length tokens or more (f:1, f:2, f:4, …)
        """)
  }

  @Test("Every reason has words of its own")
  func words() {
    #expect(Set(DropReason.allCases.map(\.description)).count == DropReason.allCases.count)
  }
}
