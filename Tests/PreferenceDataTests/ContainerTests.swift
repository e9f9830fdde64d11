import PreferenceData
import Testing

@Suite("JSON Lines, JSON lists, CSV and gzip")
struct ContainerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// One row of each kind as JSON, and as a CSV table.
  private static let kinds: [(kind: RecordKind, json: String, csv: String?)] = [
    (
      .explicitPreference, #"{"prompt": "p", "chosen": "c", "rejected": "r", "margin": 0.5}"#,
      "prompt,chosen,rejected,margin\np,c,r,0.5\n"
    ),
    (.implicitPreference, #"{"chosen": "p c", "rejected": "p r"}"#, "chosen,rejected\np c,p r\n"),
    (
      .comparison, #"{"prompt": "p", "response_A": "a", "response_B": "b", "preference": "A"}"#,
      "prompt,response_A,response_B,preference\np,a,b,A\n"
    ),
    (
      .ranking, #"{"prompt": "p", "completions": ["a", "b"], "ranking": [1, 2]}"#,
      "prompt,completions,ranking\np,\"[\"\"a\"\", \"\"b\"\"]\",\"[1, 2]\"\n"
    ),
    (.demonstration, #"{"prompt": "p", "completion": "c"}"#, "prompt,completion\np,c\n"),
    (
      .unpaired, #"{"prompt": "p", "completion": "c", "label": true}"#,
      "prompt,completion,label\np,c,True\n"
    ),
    // A cell of CSV is text, whatever it looks like.
    (.samples, #"{"prompt": "p", "completion": ["c", ""]}"#, nil),
    (.prompt, #"{"prompt": "p"}"#, "prompt\np\n"),
    (
      .text, #"{"text": [{"role": "user", "content": "t"}]}"#,
      "text\n\"[{\"\"role\"\": \"\"user\"\", \"\"content\"\": \"\"t\"\"}]\"\n"
    ),
  ]

  @Test("Every kind in every container", arguments: RecordKind.allCases)
  func everyKind(kind: RecordKind) throws {
    let example = try #require(Self.kinds.first { $0.kind == kind })
    var files = [
      try folder.file("a.jsonl", example.json + "\n"),
      try folder.file("b.json", "[\n  \(example.json)\n]"),
      try folder.file("d.JSON", example.json),
    ]
    if let csv = example.csv { files.append(try folder.file("c.csv", csv)) }
    for file in files {
      let report = try ValidationReport(path: file)
      #expect(report.kind == kind && report.usable == 1 && report.isValid, "\(report)")
    }
  }

  @Test("A mark of the byte order, CRLF, blank lines and a last line without end are accepted")
  func tolerated() throws {
    let lines =
      "\u{FEFF}{\"text\": \"one\"}\r\n\r\n  \t\n{\"text\": \"two\"}\r\n\n{\"text\": \"three\"}"
    let data = try RecordReader.documents.read([folder.file("a.jsonl", lines)])
    #expect(data.records.map(\.text) == [.text("one"), .text("two"), .text("three")])
    #expect(data.records.map(\.source.line) == [1, 4, 6])

    let table = "\u{FEFF}text,id\r\n\r\none,1\r\n\"two\r\nlines\",2\r\nthree,3"
    let cells = try RecordReader.documents.read([folder.file("a.csv", table)])
    #expect(cells.records.map(\.text) == [.text("one"), .text("two\r\nlines"), .text("three")])
    #expect(cells.records.map(\.source.line) == [3, 4, 6])

    let list = "\u{FEFF}[{\"text\":\r\n \"one\"},\r\n\r\n{\"text\": \"two\"}]\r\n"
    let elements = try RecordReader.documents.read([folder.file("a.json", list)])
    #expect(elements.records.map(\.source.line) == [1, 4])
  }

  @Test("CSV is read as Python's csv module reads it")
  func recordedTables() throws {
    struct Recorded: Decodable {
      let text: String
      let rows: [[String]]
    }
    let names = ["first", "second", "third"]
    for recorded in try fixture("csv-tables.json", as: [Recorded].self) {
      let file = try folder.file("t.csv", recorded.text)
      let width = try #require(recorded.rows.first).count
      let columns = try names.prefix(width).map { name in
        try TextColumn(name, of: file).texts.map { passage -> [UInt8] in
          guard case .text(let cell) = passage else { return [] }
          return Array(cell.utf8)
        }
      }
      #expect(columns == (0..<width).map { index in recorded.rows.map { Array($0[index].utf8) } })
    }
  }

  @Test("CSV keeps leading spaces, and a cell that is empty is no number")
  func cells() throws {
    let file = try folder.file(
      "a.csv", "prompt, chosen ,rejected,margin,weight,confidence\np, c,\" r\",,2,high\n")
    let pair = try #require(try RecordReader.preferencePairs.read([file]).records.first)
    #expect([pair.chosen, pair.rejected] == [.text(" c"), .text(" r")])
    #expect(pair.margin == nil && pair.weight == 2)
  }

  @Test("Whatever happens to its bytes, a file is read or refused")
  func damagedBytes() throws {
    var random = SeededGenerator(seed: 11)
    let awkward = Array("\"\\[]{},:\r\n0-e.u\u{FEFF}é😀".utf8) + [0x00, 0xC3, 0xED, 0xFF]
    for example in Self.kinds {
      for source in [
        example.json, "[\(example.json),\n\(example.json)]", example.csv ?? example.json,
      ] {
        for _ in 0..<60 {
          var bytes = Array(source.utf8)
          for _ in 0...random.uniform(below: 3) {
            let place = Int(random.uniform(below: UInt64(bytes.count)))
            bytes[place] = awkward[Int(random.uniform(below: UInt64(awkward.count)))]
          }
          bytes.removeLast(Int(random.uniform(below: UInt64(bytes.count))))
          for name in ["f.json", "f.csv"] {
            let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
            let file = try folder.file(name, bytes: bytes)
            do throws(DataError) {
              let report = try ValidationReport(path: file)
              let problems = report.malformed.problems
              #expect(problems.allSatisfy { (1...lines).contains($0.source.line) })
              #expect(report.malformed.count >= Set(problems.map(\.source)).count)
            } catch {
              #expect("\(error)".hasSuffix("."))
            }
          }
        }
      }
    }
  }

  @Test("Gzip is known by its bytes and may have several members")
  func gzipMembers() throws {
    var bytes: [UInt8] = []
    for text in ["one", "two"] {
      let path = "\(folder.path)/\(text).jsonl.gz"
      var writer = try JSONLinesWriter(path: path)
      try writer.write(["text": .string(text)])
      try writer.commit()
      bytes += try folder.bytes(path)
    }
    let misnamed = try folder.file("plain.jsonl", bytes: bytes + [0, 0, 0])
    let data = try RecordReader.documents.read([misnamed])
    #expect(data.records.map(\.text) == [.text("one"), .text("two")])
  }

  @Test("A gzip file cut anywhere, altered or followed by something else is an error")
  func damagedGzip() throws {
    let path = "\(folder.path)/whole.jsonl.gz"
    var writer = try JSONLinesWriter(path: path)
    for number in 0..<50 { try writer.write(["text": .string("row \(number)")]) }
    try writer.commit()
    let bytes = try folder.bytes(path)
    for count in 2..<bytes.count {
      let cut = try folder.file("cut.jsonl.gz", bytes: Array(bytes.prefix(count)))
      let error = #expect(throws: DataError.self) { try RecordReader.documents.read([cut]) }
      #expect(
        error?.description == """
          \(cut): the gzip file is damaged: it ends before the compressed data does; \
          copy or download it again.
          """)
    }
    var altered = bytes
    altered[bytes.count - 6] ^= 0xFF
    let file = try folder.file("altered.jsonl.gz", bytes: altered)
    let error = #expect(throws: DataError.self) { try RecordReader.documents.read([file]) }
    #expect(
      error?.description
        == "\(file): the gzip file is damaged: incorrect data check; copy or download it again.")
    for tail in [[1, 2], [0, 0, 0x1F, 0x8B]] as [[UInt8]] {
      let file = try folder.file("followed.jsonl.gz", bytes: bytes + tail)
      #expect(
        throws: DataError.corruptGzip(
          path: file, reason: "after \(bytes.count) bytes comes something that is not gzip")
      ) {
        try RecordReader.documents.read([file])
      }
    }
  }
}
