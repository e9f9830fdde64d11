import PreferenceData
import Testing

@Suite("Tables of ratings")
struct RatingTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func message(_ text: String, as kind: RatingTable.ValueKind) throws -> String {
    let file = try folder.file("r.csv", text)
    let error = #expect(throws: DataError.self) { try RatingTable(file, as: kind) }
    return try #require(error).description.replacing("\(folder.path)/", with: "")
  }

  @Test("columns in any order, blanks around texts, empty values")
  func columns() throws {
    let text = "note,annotator,item,value\nx, ann ,7,A\n,bob,7, B\n,\"c, d\",7,\n\n,ann,8,tie\n"
    let table = try RatingTable(try folder.file("r.csv", text), as: .categories)
    #expect(
      table.values
        == .categories([
          Rating(item: "7", annotator: "ann", value: "A"),
          Rating(item: "7", annotator: "bob", value: "B"),
          Rating(item: "8", annotator: "ann", value: "tie"),
        ]))
    #expect(table.missing == 1)
  }

  @Test("numbers, and JSON Lines whose names are numbers")
  func numbers() throws {
    let csv = try RatingTable(
      try folder.file("r.csv", "item,annotator,value\n1,a,-2\n1,b,\" 1.5e0 \"\n"), as: .numbers)
    #expect(
      csv.values
        == .numbers([
          Rating(item: "1", annotator: "a", value: -2),
          Rating(item: "1", annotator: "b", value: 1.5),
        ]))
    let text = """
      {"item": 1, "annotator": "a", "value": 3}
      {"item": 1, "annotator": 2, "value": null}
      {"item": 2, "annotator": "a", "value": "4"}

      """
    let lines = try folder.file("r.jsonl", text)
    #expect(
      try RatingTable(lines, as: .amounts).values
        == .numbers([
          Rating(item: "1", annotator: "a", value: 3), Rating(item: "2", annotator: "a", value: 4),
        ]))
    #expect(
      try RatingTable(lines, as: .categories).values
        == .categories([
          Rating(item: "1", annotator: "a", value: "3"),
          Rating(item: "2", annotator: "a", value: "4"),
        ]))
    let booleans = try folder.file(
      "b.jsonl", "{\"item\": \"x\", \"annotator\": \"a\", \"value\": true}\n")
    #expect(
      try RatingTable(booleans, as: .categories).values
        == .categories([Rating(item: "x", annotator: "a", value: "true")]))
  }

  @Test("what cannot be is named with line and column")
  func malformed() throws {
    #expect(
      try message("item,annotator,value\n1,a,good\n,b,2\n1,,2\n1,a,3\n1,a,4\n", as: .numbers) == """
        4 rows are malformed:
        r.csv:2: field `value`: saw the text "good"; allowed is a number; correct it, leave it empty where none was given, or take the level nominal.
        r.csv:3: field `item`: saw an empty cell; allowed is a text or a number; say which item the value belongs to.
        r.csv:4: field `annotator`: saw an empty cell; allowed is a text or a number; say which annotator the value belongs to.
        r.csv:6: field `value`: saw a second value of annotator "a" for item "1", the first in line 5; allowed is one value an annotator and item; remove one of the two.
        """)
    #expect(
      try message("item,annotator,value\n1,a,0\n1,b,-1\n", as: .amounts).contains(
        "r.csv:3: field `value`: saw the text \"-1\"; allowed is a number from 0; "))
    #expect(
      try message("item,annotator,value\n1,a,0\n1,b\n", as: .categories).contains(
        "r.csv:3: saw 2 cells; allowed is 3, as in the header"))
    let file = try folder.file(
      "r.jsonl",
      "{\"item\": 1, \"annotator\": \"a\", \"value\": [1]}\n{\"item\": 2, \"value\": 1}\n")
    let error = #expect(throws: DataError.self) { try RatingTable(file, as: .categories) }
    let sentences = try #require(error?.description)
    #expect(sentences.contains("r.jsonl:1: field `value`: saw a list of 1; allowed is a text, a"))
    #expect(
      sentences.contains("r.jsonl:2: field `annotator`: saw no such field; allowed is a text"))
  }

  @Test("a column that is nowhere is one sentence")
  func missing() throws {
    #expect(
      try message("item,rater,value\n1,a,1\n1,b,2\n", as: .numbers)
        == "r.csv: has the columns `item`, `rater`, `value`; needed are `item`, `annotator`, "
        + "`value`; rename its columns or give another file.")
    #expect(
      try message("item,annotator,value\n", as: .numbers)
        == "r.csv: there are no rows in the file; give it at least one.")
  }
}
