import PreferenceData
import Testing

@Suite("Validation of a whole file")
struct ValidationReportTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Counts, reasons, unread columns and every problem")
  func everything() throws {
    let file = try folder.file(
      "rows.jsonl",
      #"""
      {"prompt": "p", "response_A": "a", "response_B": "b", "preference": "A", "annotator": 3}
      {"prompt": "p", "response_A": "a", "response_B": "b", "preference": "tie"}
      {"prompt": "p", "response_A": "a", "response_B": "b"}
      """#)
    let report = try ValidationReport(path: file)
    #expect(report.kind == .comparison)
    #expect((report.rows, report.usable, report.malformed.count) == (3, 1, 1))
    #expect(!report.isValid)
    #expect(
      report.description.replacing("\(folder.path)/", with: "") == """
        rows.jsonl: A/B comparisons
        3 rows: 1 usable, 1 unusable, 1 malformed
        not read: `annotator`
        1 row: a tie prefers neither side (rows.jsonl:2)
        rows.jsonl:3: field `preference`: saw no such field; allowed is a value; \
        add it; the row has `prompt`, `response_A`, `response_B`.
        """)
  }

  @Test("A file of no known kind")
  func unknown() throws {
    let report = try ValidationReport(path: folder.file("rows.jsonl", #"{"question": "p"}"#))
    #expect(report.kind == nil && report.malformed.count == 1 && !report.isValid)
    #expect(report.description.contains("no kind of record that is known"))
    #expect(report.description.contains("or texts (`text`); rename the fields."))
  }

  @Test("No usable row is not valid; no row at all is an error")
  func nothing() throws {
    #expect(try !ValidationReport(path: folder.file("a.jsonl", #"{"text": ""}"#)).isValid)
    #expect(throws: DataError.self) { try ValidationReport(path: folder.file("b.jsonl", "")) }
  }
}
