import RunRecords
import Testing

@Suite("Lines that are appended")
struct AppendedLinesTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("lines.jsonl") }

  init() throws { folder = try TemporaryFolder() }

  @Test("lines are there at once, behind those that were there")
  func append() throws {
    try folder.write("a\n", to: "lines.jsonl")
    let lines = try #require(try AppendedLines(path: path))
    #expect(try lines.contents() == Array("a\n".utf8))
    try lines.append("é")
    #expect(try folder.text("lines.jsonl") == "a\né\n")
  }

  @Test("what was cut off makes room for what comes")
  func cut() throws {
    try folder.write("a\nhalf", to: "lines.jsonl")
    let lines = try #require(try AppendedLines(path: path))
    try lines.cut(to: 2)
    try lines.append("b")
    #expect(try folder.text("lines.jsonl") == "a\nb\n")
  }

  @Test("one holder at a time")
  func lock() throws {
    do {
      let holder = try #require(try AppendedLines(path: path))
      #expect(try AppendedLines(path: path) == nil)
      try holder.append("a")
    }
    #expect(try AppendedLines(path: path) != nil)
  }

  @Test("what is no file is left alone")
  func noFile() {
    #expect(throws: RunRecordError.notARegularFile(path: folder.path)) {
      try AppendedLines(path: folder.path)
    }
  }
}
