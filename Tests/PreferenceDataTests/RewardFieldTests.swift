import PreferenceData
import Testing

/// What rows say for reward models alone: `agreement`, `paraphrase`, and vectors of features.
@Suite("Fields for reward models")
struct RewardFieldTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func pairs(_ name: String, _ text: String) throws -> [PreferencePair] {
    try RecordReader.preferencePairs.read([folder.file(name, text)]).records
  }

  private func refusal(_ text: String) throws -> String {
    let error = #expect(throws: DataError.self) { try pairs("bad.jsonl", text) }
    return try #require(error).description.replacing("\(folder.path)/", with: "")
  }

  private let start = #""prompt": "p", "chosen": " a", "rejected": " b""#

  @Test("agreement is a share, paraphrase the chosen side in other words")
  func fields() throws {
    let rows = try pairs(
      "a.jsonl",
      """
      {\(start), "agreement": 0.75, "paraphrase": " A"}
      {\(start), "agreement": 0}
      {\(start), "paraphrase": " "}
      {\(start), "agreement": null, "paraphrase": null}
      """)
    #expect(rows.map(\.agreement) == [0.75, 0, nil, nil])
    #expect(rows.map(\.paraphrase) == [.text(" A"), nil, nil, nil])
    // Neither is a weight by itself.
    #expect(rows.map(\.weight) == [1, 1, 1, 1])
  }

  @Test("a CSV file has them too, and an empty cell is none")
  func table() throws {
    let rows = try pairs(
      "a.csv", "prompt,chosen,rejected,agreement,paraphrase\np, a, b,0.5,x\np, a, b,,\n")
    #expect(rows.map(\.agreement) == [0.5, nil])
    #expect(rows.map(\.paraphrase) == [.text("x"), nil])
  }

  @Test("a scan keeps the further fields that it is asked for, and no others")
  func furtherFields() throws {
    let rows = """
      {\(start), "kind": "sum", "gold": [1, 0], "topic": "x"}
      {\(start), "kind": null}
      """
    func kept(_ path: String, _ names: Set<String>) throws -> (
      rows: [JSONObject], ignored: [String]
    ) {
      let scan = try DataScan(path, keeping: names, into: [JSONObject]()) {
        $0.append($1.furtherFields)
      }
      return (scan.state, scan.ignoredColumns)
    }
    let lines = try kept(folder.file("a.jsonl", rows), ["kind", "gold"])
    let first: JSONObject = ["kind": .string("sum"), "gold": .array([.number(1), .number(0)])]
    #expect(lines.rows == [first, [:]] && lines.ignored == ["topic"])
    let none = try kept(folder.file("b.jsonl", rows), [])
    #expect(none.rows == [[:], [:]] && none.ignored == ["gold", "kind", "topic"])
    let table = try kept(
      folder.file("a.csv", "prompt,chosen,rejected,gold\np, a, b,0.5\n"), ["gold"])
    #expect(table.rows == [["gold": .string("0.5")]])
  }

  @Test("an A/B row and an implicit pair have them")
  func otherForms() throws {
    let comparison = try pairs(
      "ab.jsonl",
      #"{"prompt": "p", "response_A": "a", "response_B": "b", "preference": "B", "agreement": 0.6}"#
    )
    #expect(comparison[0].agreement == 0.6)
    let implicit = try pairs(
      "i.jsonl", #"{"chosen": "p a", "rejected": "p b", "paraphrase": "x"}"#)
    #expect(implicit[0].paraphrase == .text("x"))
  }

  @Test("what is no share is refused")
  func refusals() throws {
    for (value, seen) in [("1.5", "the number 1.5"), ("-1", "the number -1")] {
      #expect(
        try refusal("{\(start), \"agreement\": \(value)}") == """
          1 row is malformed:
          bad.jsonl:1: field `agreement`: saw \(seen); allowed is a number from 0 to 1; \
          correct the value.
          """)
    }
    #expect(
      try refusal("{\(start), \"agreement\": \"most\"}").contains(
        "field `agreement`: saw the text \"most\"; allowed is a number; write a number unquoted."))
    #expect(try refusal("{\(start), \"paraphrase\": 1}").contains("field `paraphrase`: saw"))
  }

  // MARK: Features

  private func features(
    _ text: String, name: String = "f.jsonl", width: Int? = nil, judged: Bool = false
  ) throws -> FeatureFile {
    try FeatureFile(folder.file(name, text), width: width, judged: judged)
  }

  private func featureRefusal(
    _ text: String, width: Int? = nil, judged: Bool = false
  ) throws -> String {
    let error = #expect(throws: DataError.self) {
      try features(text, width: width, judged: judged)
    }
    return try #require(error).description.replacing("\(folder.path)/", with: "")
  }

  @Test("pairs of vectors, with what is said of them")
  func vectorPairs() throws {
    let file = try features(
      """
      {"chosen_features": [1, 2.5], "rejected_features": [0, -1], "margin": 2, "id": 7}

      {"chosen_features": [1, 2], "rejected_features": [0, 1], "weight": 2, "confidence": "low", "agreement": 0.5}
      """)
    #expect(file.width == 2 && file.arePairs)
    #expect(file.rows.map(\.vectors) == [[[1, 2.5], [0, -1]], [[1, 2], [0, 1]]])
    #expect(file.rows.map(\.margin) == [2, nil])
    #expect(file.rows.map(\.weight) == [1, 1])
    #expect(file.rows.map(\.agreement) == [nil, 0.5])
    #expect(file.rows.map(\.source.line) == [1, 3])
  }

  @Test("single vectors; lists and tables of them")
  func vectors() throws {
    let lines = try features("{\"features\": [1, 2]}\n{\"features\": [3, 4]}\n")
    #expect(!lines.arePairs && lines.rows.map(\.vectors) == [[[1, 2]], [[3, 4]]])
    let list = try features(#"[{"features": [1, 2]}, {"features": [3, 4]}]"#, name: "f.json")
    #expect(list.rows.map(\.vectors) == lines.rows.map(\.vectors))
    let table = try features("features\n\"[1, 2]\"\n\"[3, 4]\"\n", name: "f.csv")
    #expect(table.rows.map(\.vectors) == lines.rows.map(\.vectors))
  }

  @Test("equal sides say nothing to learn, and are scored")
  func equalSides() throws {
    let row = #"{"chosen_features": [1], "rejected_features": [1]}"#
    let other = #"{"chosen_features": [1], "rejected_features": [2]}"#
    let learned = try features("\(row)\n\(other)\n", judged: true)
    #expect(learned.rows.count == 1 && learned.dropped[.identicalSides] == 1)
    #expect(try features("\(row)\n\(other)\n").rows.count == 2)
    #expect(try featureRefusal(row, judged: true).contains("the sides are identical"))
  }

  @Test("vectors of different lengths")
  func lengths() throws {
    #expect(
      try featureRefusal(#"{"chosen_features": [1, 2], "rejected_features": [1]}"#) == """
        1 row is malformed:
        f.jsonl:1: field `rejected_features`: saw a list of 1; allowed is a list of 2 numbers, as \
        wide as the others; give all vectors the same numbers in the same order.
        """)
    #expect(
      try featureRefusal("{\"features\": [1, 2]}\n{\"features\": [1, 2, 3]}\n").contains(
        "f.jsonl:2: field `features`: saw a list of 3; allowed is a list of 2 numbers"))
    #expect(
      try featureRefusal(#"{"features": [1, 2]}"#, width: 3).contains(
        "saw a list of 2; allowed is a list of 3 numbers"))
  }

  @Test("what is no number, and numbers that are none")
  func numbers() throws {
    func refusal(_ list: String) throws -> String { try featureRefusal("{\"features\": \(list)}") }
    #expect(
      try refusal("[1, \"x\"]") == """
        1 row is malformed:
        f.jsonl:1: field `features`: saw the text "x" at place 2 of the list; allowed is a list of \
        numbers that float32 can hold; correct the value.
        """)
    #expect(try refusal("[null]").contains("saw null at place 1 of the list"))
    #expect(try refusal("[1e300]").contains("that float32 can hold"))
    #expect(
      try refusal("[]").contains("saw a list of 0; allowed is a list of numbers, one at least"))
    #expect(try refusal("3").contains("saw the number 3; allowed is a list of numbers"))
    // JSON has no NaN.
    #expect(try refusal("[NaN]").contains("f.jsonl:1: saw"))
  }

  @Test("rows without vectors, and a file without rows")
  func missing() throws {
    #expect(try featureRefusal(#"{"text": "a"}"#).contains("field `features`: saw no such field"))
    #expect(
      try featureRefusal(#"{"chosen_features": [1]}"#).contains(
        "field `rejected_features`: saw no such field"))
    #expect(
      try featureRefusal(#"{"features": [1]}"#, judged: true).contains(
        "field `chosen_features`: saw no such field"))
    #expect(try featureRefusal("").hasPrefix("f.jsonl: there are no rows in the file"))
    #expect(
      try featureRefusal(#"{"chosen_features": [1], "rejected_features": [2], "agreement": 2}"#)
        .contains("field `agreement`: saw the number 2"))
  }
}
