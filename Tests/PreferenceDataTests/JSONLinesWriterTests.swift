import Foundation
import PreferenceData
import Testing

@Suite("Writing JSON Lines")
struct JSONLinesWriterTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("What is written is read, compressed or not", arguments: ["s.jsonl", "s.jsonl.gz"])
  func roundTrip(name: String) throws {
    let path = "\(folder.path)/\(name)"
    let texts = (0..<5000).map { "row \($0) \"é\"\n😀\u{0}" }
    var writer = try JSONLinesWriter(path: path)
    for text in texts { try writer.write(["text": .string(text), "n": .number(0.1)]) }
    #expect(try folder.names().allSatisfy { $0.hasSuffix(".partial") })
    try writer.commit()
    #expect(try folder.names() == [name])
    let data = try RecordReader.documents.read([path])
    #expect(data.records.map(\.text) == texts.map(Passage.text))
  }

  @Test("Keys keep their order, whole numbers have no fraction")
  func layout() throws {
    let path = "\(folder.path)/s.jsonl"
    var writer = try JSONLinesWriter(path: path)
    var row: JSONObject = ["tokens": .number(3), "log_probability": .number(-1.5)]
    row.set("ids", to: .array([.number(1), .number(2)]))
    row.set("tokens", to: .number(4))
    try writer.write(row)
    try writer.commit()
    #expect(
      try String(contentsOfFile: path, encoding: .utf8)
        == "{\"tokens\": 4, \"log_probability\": -1.5, \"ids\": [1, 2]}\n")
  }

  @Test("NaN is an error that names the field, and nothing remains")
  func notANumber() throws {
    let path = "\(folder.path)/s.jsonl"
    func write() throws {
      var writer = try JSONLinesWriter(path: path)
      try writer.write(["tokens": .number(3)])
      try writer.write(["tokens": .number(3), "log_probability": .number(.nan)])
    }
    let error = #expect(throws: DataError.self) { try write() }
    #expect(
      error?.description == """
        \(path): the field `log_probability` would be NaN or infinite, which JSON cannot say; \
        find out where the number comes from: the model or its input may be broken.
        """)
    #expect(try folder.names().isEmpty)
  }

  @Test("Without a commit an earlier file stays as it was")
  func abandoned() throws {
    let path = try folder.file("s.jsonl", "before")
    do {
      var writer = try JSONLinesWriter(path: path)
      try writer.write(["a": .null])
    }
    #expect(try folder.names() == ["s.jsonl"])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
  }

  @Test("A place that cannot be written to")
  func unwritable() throws {
    let path = "\(folder.path)/none/s.jsonl"
    let error = #expect(throws: DataError.self) {
      let writer = try JSONLinesWriter(path: path)
      try writer.commit()
    }
    #expect(
      error?.description == """
        \(path): cannot be written: No such file or directory; \
        check that the folder exists, is writable and has room.
        """)
  }
}
