import PreferenceData
import Testing

/// Files are read a piece at a time, so that a row can be cut anywhere; nobody may notice.
@Suite("Rows across the pieces of a file")
struct WindowTests {
  private static let pieceSize = 1 << 18

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What follows a first row that fills the piece up to `room` bytes.
  private struct Layout {
    let name: String
    let opening: String
    let rest: String

    func text(room: Int) -> String {
      let filler = WindowTests.pieceSize - room - opening.utf8.count
      return opening + String(repeating: "x", count: filler) + rest
    }
  }

  private static let layouts = [
    Layout(
      name: "a.jsonl", opening: #"{"text": ""#,
      rest:
        "\"}\r\n{\"text\": \"\\ud83d\\ude00 é\\n\", \"n\": [-1.5e3, true]}\r\n\n{\"text\": \"b\"}"),
    Layout(
      name: "a.json", opening: #"[{"text": ""#,
      rest: "\"} , \n{\"n\": [-1.5e3, true, null], \"text\": \"\\ud83d\\ude00 é\\n\"},\n\n"
        + "{\"text\": \"b\"}]\n "),
    Layout(
      name: "a.csv", opening: "n,text\r\n1,\"",
      rest: "\"\r\n2,\"😀 é\n\"\r\n\r\n3,b\r\n"),
  ]

  @Test("A cut at any byte changes nothing", arguments: 0..<3)
  func everyCut(index: Int) throws {
    let layout = Self.layouts[index]
    for room in 0...layout.rest.utf8.count {
      let file = try folder.file(layout.name, layout.text(room: room))
      let data = try RecordReader.documents.read([file])
      #expect(data.records.dropFirst().map(\.text) == [.text("😀 é\n"), .text("b")])
      // The third row is behind a blank line, and in the table behind a line end in a cell.
      let lines = index == 2 ? [2, 3, 6] : [1, 2, 4]
      #expect(data.records.map(\.source.line) == lines, "\(layout.name) \(room)")
    }
  }

  @Test("A mistake is found at its place, wherever the cut is", arguments: 0..<3)
  func mistakes(index: Int) throws {
    let problem = [
      "a.jsonl:2: saw the end at byte 17; allowed is `\"` at the end of a text; "
        + "correct the JSON of this line.",
      "a.json:2: saw `b` at byte 11; allowed is `,` or `]`; "
        + "correct the JSON here; what follows was not read.",
      "a.csv:3: saw 3 cells; allowed is 2, as in the header; "
        + "put cells that hold commas or line ends in double quotes.",
    ][index]
    let rest = [
      "\"}\n{\"text\": \"\\u00e9", "\"},\n{\"n\": [12 b]}]", "\"\n\"a\",b,c\n3,d\n",
    ][index]
    let layout = Layout(
      name: Self.layouts[index].name, opening: Self.layouts[index].opening, rest: rest)
    for room in 0...rest.utf8.count {
      let report = try ValidationReport(path: folder.file(layout.name, layout.text(room: room)))
      #expect(
        report.malformed.problems.map { "\($0)".replacing("\(folder.path)/", with: "") }
          == [problem])
    }
  }

  @Test("Rows of several pieces, compressed or not")
  func longRows() throws {
    let texts = (1...3).map { String(repeating: "\($0)é", count: $0 * 200_000) }
    let path = "\(folder.path)/long.jsonl.gz"
    var writer = try JSONLinesWriter(path: path)
    for text in texts { try writer.write(["text": .string(text)]) }
    try writer.commit()
    #expect(try RecordReader.documents.read([path]).records.map(\.text) == texts.map(Passage.text))
    let list = "[" + texts.map { "{\"text\": \"\($0)\"}" }.joined(separator: ", ") + "]"
    let file = try folder.file("long.json", list)
    #expect(try RecordReader.documents.read([file]).records.map(\.text) == texts.map(Passage.text))
  }

  @Test("A column in the last row makes the file another kind, and all rows are read anew")
  func lateColumn() throws {
    let rows = String(repeating: "{\"prompt\": \"p\", \"completion\": \"c\"}\n", count: 20_000)
    let last = #"{"prompt": "p", "completion": "c", "label": true}"#
    let report = try ValidationReport(path: folder.file("a.jsonl", rows + last))
    #expect(report.kind == .unpaired)
    #expect((report.rows, report.usable, report.malformed.count) == (20_001, 1, 20_000))
    #expect(report.malformed.problems.count == 1000)
    #expect(report.malformed.furtherProblems == 19_000)
    #expect(report.malformed.problems.allSatisfy { $0.field == "label" })
    let pairs = try RecordReader.prompts.read([folder.file("b.jsonl", rows + last)])
    #expect(pairs.records.count == 20_001)
  }
}
