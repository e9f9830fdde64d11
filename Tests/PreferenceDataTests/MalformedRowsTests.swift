import PreferenceData
import Testing

@Suite("The account of malformed rows")
struct MalformedRowsTests {
  private func problem(_ line: Int) -> RowProblem {
    RowProblem(
      source: SourceLocation(file: "a", line: line), field: nil, seen: "x", allowed: "y",
      remedy: "do z")
  }

  @Test("Rows are counted, the first thousand problems kept, the first twenty shown")
  func limits() {
    var rows = MalformedRows()
    for line in 1...600 { rows.add([problem(line), problem(line)]) }
    #expect((rows.count, rows.problems.count, rows.furtherProblems) == (600, 1000, 200))
    #expect(rows.problems.last?.source.line == 500)
    var all = MalformedRows()
    all.add([problem(0)])
    all.merge(rows)
    #expect((all.count, all.problems.count, all.furtherProblems) == (601, 1000, 201))
    let lines = all.description.split(separator: "\n")
    #expect(lines.count == 22)
    #expect(lines.first == "601 rows are malformed:")
    #expect(lines.dropFirst().first == "a:0: saw x; allowed is y; do z.")
    #expect(lines.last == "… and 1181 more.")
  }
}
