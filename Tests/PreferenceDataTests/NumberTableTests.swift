import PreferenceData
import Testing

@Suite("Columns of numbers")
struct NumberTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func message(_ text: String, optional: [String] = []) throws -> String {
    let file = try folder.file("a.csv", text)
    let error = #expect(throws: DataError.self) {
      try NumberTable(file, columns: ["x", "y"], optional: optional)
    }
    return try #require(error).description.replacing("\(folder.path)/", with: "")
  }

  @Test("numbers as programs and spreadsheets write them, in any order of columns")
  func numbers() throws {
    let text = "note, y ,x,kl\na,\"1\",-2.5e-1,\n\nb, +3 ,.5,7\r\n"
    let table = try NumberTable(
      try folder.file("a.csv", text), columns: ["x", "y"], optional: ["kl", "step"])
    #expect(table.rows.map(\.numbers) == [["x": -0.25, "y": 1], ["x": 0.5, "y": 3, "kl": 7]])
    #expect(table.rows.map(\.source.line) == [2, 4])
  }

  @Test("JSON Lines have the same columns")
  func lines() throws {
    let text = "{\"x\": 1, \"y\": \"2\", \"kl\": null}\n{\"x\": 3, \"y\": 4, \"kl\": 5}\n"
    let table = try NumberTable(
      try folder.file("a.jsonl", text), columns: ["x", "y"], optional: ["kl"])
    #expect(table.rows.map(\.numbers) == [["x": 1, "y": 2], ["x": 3, "y": 4, "kl": 5]])
  }

  @Test("what is no number is named with line and column")
  func malformed() throws {
    #expect(
      try message("x,y,kl\n1,high,nan\n1,2,3\n,0x10\n1,inf,\n1,,3\n", optional: ["kl"]) == """
        4 rows are malformed:
        a.csv:2: field `y`: saw the text "high"; allowed is a number; correct the value.
        a.csv:2: field `kl`: saw the text "nan"; allowed is a number; correct the value.
        a.csv:4: saw 2 cells; allowed is 3, as in the header; put cells that hold commas or line ends in double quotes.
        a.csv:5: field `y`: saw the text "inf"; allowed is a number; correct the value.
        a.csv:6: field `y`: saw an empty cell; allowed is a number; columns must be equally long: fill the cell in or remove the row.
        """)
    let file = try folder.file("b.jsonl", "{\"x\": 1, \"y\": 2}\n{\"x\": true}\n")
    let error = #expect(throws: DataError.self) { try NumberTable(file, columns: ["x", "y"]) }
    let sentence = try #require(error?.description)
    #expect(sentence.contains("b.jsonl:2: field `x`: saw the Boolean true; allowed is a number"))
    #expect(sentence.contains("b.jsonl:2: field `y`: saw no such field; allowed is a number"))
  }

  @Test("a column that is nowhere is one sentence")
  func missing() throws {
    #expect(
      try message("x,z\n1,2\n3,4\n")
        == "a.csv: has the columns `x`, `z`; needed are `x`, `y`; "
        + "rename its columns or give another file.")
    #expect(try message("x,y\n") == "a.csv: there are no rows in the file; give it at least one.")
  }
}
