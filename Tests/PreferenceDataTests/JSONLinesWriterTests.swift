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

  @Test("A link is followed, and what it leads to replaced")
  func links() throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/far", withIntermediateDirectories: false)
    let (link, file) = ("\(folder.path)/link.jsonl", "\(folder.path)/far/s.jsonl")
    try Data("before".utf8).write(to: URL(filePath: file))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    var writer = try JSONLinesWriter(path: link)
    try writer.write(["a": .null])
    try writer.commit()
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "{\"a\": null}\n")
  }

  @Test("Into a pipe or a device rows are written as they come, and it stays what it is")
  func pipes() throws {
    let path = "\(folder.path)/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    // Without a reader a pipe could not be opened for writing.
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    var writer = try JSONLinesWriter(path: path)
    try writer.write(["a": .null])
    try writer.commit()
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = read(reader, &bytes, 100)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "{\"a\": null}\n")
    #expect(try folder.names() == ["pipe"])
    let kind = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    #expect(kind != .typeRegular)
  }

  @Test("A folder is named as one")
  func folders() throws {
    let error = #expect(throws: DataError.self) { _ = try JSONLinesWriter(path: folder.path) }
    #expect(
      error?.description.hasPrefix("\(folder.path): cannot be written: is a folder; ") == true)
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
