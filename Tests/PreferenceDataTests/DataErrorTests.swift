import PreferenceData
import Testing

@Suite("What is wrong with data, in sentences")
struct DataErrorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func message<Record>(
    _ reader: RecordReader<Record>, _ name: String, _ text: String, strict: Bool = false
  ) throws -> String {
    try message(reader, folder.file(name, text), strict: strict)
  }

  private func message<Record>(
    _ reader: RecordReader<Record>, _ path: String, strict: Bool = false
  ) throws -> String {
    let error = #expect(throws: DataError.self) { try reader.read([path], strict: strict) }
    return try #require(error).description.replacing("\(folder.path)/", with: "")
  }

  @Test("Files that are none")
  func files() throws {
    #expect(
      try message(.documents, "\(folder.path)/none.jsonl")
        == "none.jsonl: there is no such file; check the name and the current folder.")
    #expect(
      try message(.documents, folder.path)
        == "\(folder.path): this is a folder; name a file in it (.jsonl, .json, .csv, each also with .gz)."
    )
    let plain = try folder.file("plain.jsonl", "{}")
    #expect(
      try message(.documents, "\(plain)/child.jsonl")
        == "plain.jsonl/child.jsonl: cannot be read: Not a directory; check the file's permissions."
    )
    #expect(
      try message(.documents, "rows.parquet", "PAR1")
        == """
        rows.parquet: its name does not end as a known format does; allowed are \
        .jsonl, .json, .csv, each also with .gz; convert it to JSON Lines or rename it.
        """)
  }

  @Test(
    "UTF-16 and UTF-32 are named",
    arguments: [
      ([0xFF, 0xFE, 0x7B, 0], "UTF-16"), ([0xFE, 0xFF, 0, 0x7B], "UTF-16"),
      ([0xFF, 0xFE, 0, 0, 0x7B, 0, 0, 0], "UTF-32"), ([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x7B], "UTF-32"),
    ] as [([UInt8], String)])
  func wideText(bytes: [UInt8], encoding: String) throws {
    let file = try folder.file("wide.jsonl", bytes: bytes)
    #expect(
      try message(.documents, file)
        == "wide.jsonl: saw \(encoding); allowed is UTF-8; save the file as UTF-8.")
  }

  @Test("Zeros, raw control characters and bottomless nesting")
  func hostile() throws {
    #expect(
      try message(.documents, folder.file("a.jsonl", bytes: Array(repeating: 0, count: 900))) == """
        1 row is malformed:
        a.jsonl:1: saw the byte 0x0 at byte 1; allowed is a JSON value; \
        correct the JSON of this line.
        """)
    #expect(
      try message(.documents, "b.jsonl", "{\"text\": \"a\u{0}b\"}") == #"""
        1 row is malformed:
        b.jsonl:1: saw the byte 0x0 at byte 12; allowed is an escape such as \n: \#
        raw control characters are not JSON; correct the JSON of this line.
        """#)
    for name in ["x", "text"] {
      let nested = "{\"\(name)\": " + String(repeating: "[", count: 100_000)
      #expect(
        try message(.documents, "c.jsonl", nested).contains(
          "; allowed is nesting of at most 256 levels; correct the JSON of this line."))
    }
  }

  @Test("What is quoted of a row is short, however long the row")
  func longQuotations() throws {
    let long = String(repeating: "k", count: 100_000)
    let names = (0..<10_000).map { "\"\($0)\": 1" }.joined(separator: ", ")
    for row in [
      "{\"\(long)\": 1, \"\(long)\": 2}", "{\"text\": {\"\(long)\": 1}}",
      "{\"weight\": \(String(repeating: "1", count: 100_000))}", "{\(names)}",
      "{\"text\": [\"\(long)\"]}",
      "{\"text\": [\"a\(String(repeating: "\u{301}", count: 9999))\"]}",
    ] {
      let text = try message(.documents, "a.jsonl", row)
      #expect(text.hasPrefix("1 row is malformed:\na.jsonl:1: "))
      #expect(text.unicodeScalars.count < 400, "\(text.prefix(80))")
    }
  }

  @Test("A pipe, whose format its first byte tells")
  func pipes() throws {
    for (name, content) in [
      ("a", "{\"text\": \"t\"}\n"), ("b", " [{\"text\": \"t\"}]"), ("c", "text,id\nt,1\n"),
    ] {
      let path = "\(folder.path)/\(name)"
      try folder.pipe(path, content)
      #expect(try RecordReader.documents.read([path]).records.map(\.text) == [.text("t")])
    }
    // The last row makes it another kind, so that what came out of the pipe is read twice.
    let path = "\(folder.path)/twice"
    try folder.pipe(path, "prompt,completion,label\np,c,\np,d,true\n")
    let report = try ValidationReport(path: path)
    #expect(report.kind == .unpaired)
    #expect((report.rows, report.usable, report.malformed.count) == (2, 1, 1))
    #expect(
      try message(.documents, "/dev/null")
        == "/dev/null: there are no rows in the file; give it at least one.")
  }

  @Test(
    "A file without rows",
    arguments: [
      ("a.jsonl", ""), ("b.jsonl", "\u{FEFF}"), ("c.jsonl", "\n \r\n"), ("d.json", "[ ]"),
      ("e.json", ""), ("f.csv", ""), ("g.csv", "text\n"), ("h.csv", "text\r\n\r\n"),
    ])
  func empty(name: String, text: String) throws {
    #expect(
      try message(.documents, name, text)
        == "\(name): there are no rows in the file; give it at least one.")
  }

  @Test("All malformed rows, each with its line, field and remedy")
  func malformed() throws {
    let rows = #"""
      {"prompt": "p", "chosen": 5, "rejected": "r"}
      {"prompt": "p", "chosen": "c"}
      {"prompt": "p", "chosen": "c", "rejected": "r", "margin": true, "weight": -1}

      {"prompt": "p", "chosen": "c", "rejected": "r", "margin": "1"}
      not json
      ["prompt"]
      {"prompt": null, "chosen": "c", "rejected": "r", "confidence": "certain"}
      {"prompt": "p", "chosen": "c", "rejected": {"a": 1, "b": 2}, "reason": 1}
      """#
    #expect(
      try message(.preferencePairs, "rows.jsonl", rows) == #"""
        8 rows are malformed:
        rows.jsonl:1: field `chosen`: saw the number 5; allowed is text, or a list of messages {"role", "content"}; correct the value.
        rows.jsonl:2: field `rejected`: saw no such field; allowed is a value; add it; the row has `prompt`, `chosen`.
        rows.jsonl:3: field `margin`: saw the Boolean true; allowed is a number; write a number unquoted.
        rows.jsonl:3: field `weight`: saw the number -1; allowed is a number from 0; correct the value.
        rows.jsonl:5: field `margin`: saw the text "1"; allowed is a number; write a number unquoted.
        rows.jsonl:6: saw `n` at byte 1; allowed is a JSON value; correct the JSON of this line.
        rows.jsonl:7: saw a list of 1; allowed is one JSON object a line; write each row as an object with named fields.
        rows.jsonl:8: field `prompt`: saw null; allowed is a value; add it; the row has `chosen`, `rejected`, `confidence`.
        rows.jsonl:8: field `confidence`: saw the text "certain"; allowed is a number from 0, "low", "medium" or "high"; correct the value.
        rows.jsonl:9: field `rejected`: saw an object with the keys `a`, `b`; allowed is text, or a list of messages {"role", "content"}; correct the value.
        rows.jsonl:9: field `reason`: saw the number 1; allowed is text; correct the value.
        """#)
  }

  @Test("Twenty problems are shown, and the error holds the rest")
  func many() throws {
    let file = try folder.file("rows.jsonl", String(repeating: "{\"text\": 1}\n", count: 45))
    let text = try message(.documents, file)
    #expect(text.split(separator: "\n").count == 22)
    #expect(text.hasPrefix("45 rows are malformed:\n"))
    #expect(text.hasSuffix("\n… and 25 more."))
    let error = #expect(throws: DataError.self) { try RecordReader.documents.read([file, file]) }
    guard case .malformed(let rows)? = error else { return }
    #expect((rows.count, rows.problems.count, rows.furtherProblems) == (90, 90, 0))
  }

  @Test("Invalid UTF-8, in JSON and in CSV")
  func invalidUTF8() throws {
    let bytes = Array("{\"text\": \"ok\"}\n{\"text\": \"a".utf8) + [0xE9] + Array("\"}\n".utf8)
    #expect(
      try message(.documents, folder.file("a.jsonl", bytes: bytes)) == """
        1 row is malformed:
        a.jsonl:2: saw the byte 0xe9, which is not UTF-8 at byte 12; allowed is text in UTF-8; \
        correct the JSON of this line.
        """)
    let cells = Array("text\nok\n".utf8) + [0xE9, 0x0A] + Array("ok\n".utf8)
    #expect(
      try message(.documents, folder.file("a.csv", bytes: cells)) == """
        1 row is malformed:
        a.csv:3: saw bytes that are not UTF-8; allowed is text in UTF-8; save the file as UTF-8.
        """)
  }

  @Test("The fields of each kind")
  func otherKinds() throws {
    #expect(
      try message(
        .preferencePairs, "ab.jsonl",
        #"{"prompt": "p", "response_A": "a", "response_B": "b", "preference": "C"}"#
      ).hasSuffix(
        #"ab.jsonl:1: field `preference`: saw the text "C"; allowed is "A", "B", "tie"; correct the value."#
      ))
    #expect(
      try message(
        .rankings, "r.jsonl",
        #"""
        {"prompt": "p", "completions": ["a"], "ranking": [1]}
        {"prompt": "p", "completions": ["a", "b"], "ranking": [1]}
        {"prompt": "p", "completions": ["a", "b"], "ranking": [0, 1.5]}
        {"prompt": "p", "completions": ["a", 1], "ranking": "ab"}
        """#) == #"""
          4 rows are malformed:
          r.jsonl:1: field `completions`: saw a list of 1; allowed is a list of two or more completions; correct the value.
          r.jsonl:2: field `ranking`: saw 1 ranks for 2 completions; allowed is one a completion; give each completion its rank.
          r.jsonl:3: field `ranking`: saw the number 0; allowed is ranks that are whole numbers from 1, the best; correct the value.
          r.jsonl:3: field `ranking`: saw the number 1.5; allowed is ranks that are whole numbers from 1, the best; correct the value.
          r.jsonl:4: field `completions`: saw the number 1; allowed is text, or a list of messages {"role", "content"}; correct the value.
          r.jsonl:4: field `ranking`: saw the text "ab"; allowed is a list of ranks, one a completion, 1 the best; correct the value.
          """#)
    #expect(
      try message(
        .unpairedCompletions, "u.jsonl",
        #"""
        {"prompt": "p", "completion": "c", "label": 1}
        {"prompt": "p", "completion": "c", "label": "true"}
        """#) == #"""
          2 rows are malformed:
          u.jsonl:1: field `label`: saw the number 1; allowed is true or false; write true or false unquoted.
          u.jsonl:2: field `label`: saw the text "true"; allowed is true or false; write true or false unquoted.
          """#)
    #expect(
      try message(
        .demonstrations, "d.jsonl",
        #"""
        {"prompt": "p", "instruction": "i", "completion": "c"}
        {"prompt": "p", "metadata": "m"}
        """#) == #"""
          2 rows are malformed:
          d.jsonl:1: field `prompt`: saw it and `instruction` in one row; allowed is one of the two; remove the other.
          d.jsonl:2: field `completion`: saw no such field; allowed is a value under this name or `response`; add it; the row has `prompt`, `metadata`.
          d.jsonl:2: field `metadata`: saw the text "m"; allowed is an object; correct the value.
          """#)
  }

  @Test("Broken lists and tables")
  func containers() throws {
    #expect(
      try message(.documents, "a.json", "[{\"text\": \"a\"},\n 5,\n {\"text\" \"b\"}]") == """
        2 rows are malformed:
        a.json:2: saw the number 5; allowed is a list of JSON objects; \
        make each element an object with named fields.
        a.json:3: saw `"` at byte 10; allowed is `:` after a key; \
        correct the JSON here; what follows was not read.
        """)
    #expect(
      try message(.documents, "b.json", "[{\"text\": \"a\"}] []").contains(
        "b.json:1: saw `[` at byte 17; allowed is nothing after the list; "))
    #expect(
      try message(.documents, "c.csv", "text,id\na,1\nb\nc,2,3\n\"d\"e,4\nf,5\n\"open,6\ng,7\n")
        == """
        4 rows are malformed:
        c.csv:3: saw 1 cell; allowed is 2, as in the header; \
        put cells that hold commas or line ends in double quotes.
        c.csv:4: saw 3 cells; allowed is 2, as in the header; \
        put cells that hold commas or line ends in double quotes.
        c.csv:5: saw text after the closing quote of a cell; allowed is a comma or the end of the line; \
        double the quotes that belong to the text.
        c.csv:7: saw a quote that is never closed; allowed is `"` at the end of the cell; \
        close the quote, and double quotes that belong to the text.
        """)
    #expect(
      try message(.documents, "d.csv", "text,text\na,b\n") == """
        1 row is malformed:
        d.csv:1: saw a header with a name twice: text, text; allowed is each name once; \
        rename or remove one of the columns.
        """)
  }

  @Test("Files of another kind, and of none")
  func kinds() throws {
    #expect(
      try message(.rankings, "p.jsonl", #"{"prompt": "p", "completion": "c"}"#) == """
        p.jsonl: holds demonstrations, by its fields `completion`, `prompt`; needed here are \
        rankings (`prompt`, `completions`, `ranking`); give another file or rename its fields.
        """)
    #expect(
      try message(.rankings, "q.jsonl", "{\"question\": \"p\"}\n{}") == """
        2 rows are malformed:
        q.jsonl:1: saw the fields `question`; allowed is rankings (`prompt`, `completions`, `ranking`); \
        rename the fields.
        q.jsonl:2: saw no fields; allowed is rankings (`prompt`, `completions`, `ranking`); \
        rename the fields.
        """)
  }

  @Test("Unusable rows when strict, and when nothing else is left")
  func unusable() throws {
    let rows = "{\"text\": \"a\"}\n" + String(repeating: "{\"text\": \"\"}\n", count: 4)
    #expect(
      try message(.documents, "s.jsonl", rows, strict: true) == """
        Rows that cannot be used, which strict does not allow:
        4 rows: the text is empty (s.jsonl:2, s.jsonl:3, s.jsonl:4, …)
        Remove them, or leave strict out to have them skipped and counted.
        """)
    #expect(
      try message(.documents, "n.jsonl", "{\"text\": \"\"}") == """
        n.jsonl: no usable row is left:
        1 row: the text is empty (n.jsonl:1)
        Give data with at least one usable row.
        """)
  }
}
