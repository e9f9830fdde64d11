import PreferenceData
import Testing

@Suite("One column of a file")
struct TextColumnTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Every row counts, the empty ones too")
  func rows() throws {
    let file = try folder.file("a.jsonl", "{\"note\": \" a\"}\n{\"note\": \"\", \"text\": 5}\n")
    #expect(try TextColumn("note", of: file).texts == [.text(" a"), .text("")])
    let table = try folder.file("a.csv", "id,note\n1,a\n2,\n")
    #expect(try TextColumn("note", of: table).texts == [.text("a"), .text("")])
  }

  @Test("A row without the field is malformed")
  func missing() throws {
    let file = try folder.file("a.jsonl", "{\"note\": \"a\"}\n{\"text\": \"b\"}\n{\"note\": 1}\n")
    let error = #expect(throws: DataError.self) { try TextColumn("note", of: file) }
    #expect(
      error?.description.replacing("\(folder.path)/", with: "") == #"""
        2 rows are malformed:
        a.jsonl:2: field `note`: saw no such field; allowed is a value; add it; the row has `text`.
        a.jsonl:3: field `note`: saw the number 1; allowed is text, or a list of messages {"role", "content"}; correct the value.
        """#)
  }
}
