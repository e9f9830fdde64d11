import Foundation
import Testing

@Suite("attune annotate agreement")
struct AnnotateAgreementCommandTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func agreement(_ arguments: String...) throws -> Invocation {
    try Invocation(["annotate", "agreement"] + arguments, in: folder)
  }

  /// Krippendorff's 4 × 12 table, a row a judgment.
  private func writeTable(_ name: String = "r.csv") throws {
    let annotators = [
      "1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *",
      "1 2 3 3 2 4 4 1 2 5 1 *",
    ]
    var lines = ["item,annotator,value"]
    for (annotator, values) in zip(["ann", "bob", "cem", "dee"], annotators) {
      for (item, value) in values.split(separator: " ").enumerated() {
        lines.append("\(item + 1),\(annotator),\(value == "*" ? "" : value)")
      }
    }
    try folder.write(lines.map { "\($0)\n" }.joined(), to: name)
  }

  @Test(
    "every level names itself and has its α",
    arguments: [
      ("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403),
    ])
  func levels(level: String, alpha: Double) throws {
    try writeTable()
    let run = try agreement("--data", "r.csv", "--level", level, "--json")
    #expect(run.status == 0 && run.error.isEmpty, "\(run.error)")
    #expect(
      run.output.hasPrefix(
        "r.csv: 12 items, 4 annotators, 41 values; 11 of the items have two values or more\n"
          + "level: \(level) ("))
    #expect(run.output.contains("Krippendorff's α, \(level)"))
    #expect(run.output.contains("α reliable from 0.800 and tentative from 0.667"))
    #expect(run.output.contains("note: no Fleiss' κ: items have from 1 to 4 values"))
    #expect(run.output.contains("note: 7 rows have no value"))
    let report = try run.report()
    #expect(report["level"] as? String == level)
    #expect(report["items"] as? Int == 12 && report["annotators"] as? Int == 4)
    #expect(report["values"] as? Int == 41 && report["fleiss_kappa"] is NSNull)
    let estimate = try #require(report["krippendorff_alpha"] as? [String: Double])
    #expect(abs(try #require(estimate["value"]) - alpha) < 1e-6)
    #expect(try #require(estimate["lower"]) < alpha && alpha < (try #require(estimate["upper"])))
    let annotators = try #require(report["by_annotator"] as? [[String: Any]])
    #expect(annotators.map { $0["annotator"] as? String } == ["ann", "bob", "cem", "dee"])
    #expect(annotators.map { $0["values"] as? Int } == [9, 11, 10, 11])
    #expect((report["notes"] as? [String])?.count == 3)
  }

  @Test("two annotators: κ and Fleiss' κ in the table")
  func two() throws {
    let pairs = zip("AABBTABATB", "ABBBTAAATT").enumerated()
    let lines = pairs.flatMap { ["\($0),x,\($1.0)", "\($0),y,\($1.1)"] }
    try folder.write("item,annotator,value\n\(lines.joined(separator: "\n"))\n", to: "r.csv")
    let run = try agreement("--data", "r.csv", "--level", "nominal")
    #expect(run.status == 0, "\(run.error)")
    let squeezed = run.output.split(separator: " ").joined(separator: " ")
    #expect(squeezed.contains("\nCohen's κ 0.545 "))
    #expect(squeezed.contains("\npercent agreement 70.0\u{A0}% "))
    #expect(squeezed.contains("\nx 10 70.0\u{A0}% –\n"))
    #expect(!run.output.contains("note: "))
  }

  @Test("the seed changes intervals, and the order of rows nothing")
  func seeds() throws {
    try writeTable()
    let first = try agreement("--data", "r.csv", "--level", "ordinal", "--json")
    #expect(try agreement("--data", "r.csv", "--level", "ordinal", "--json").output == first.output)
    let other = try agreement("--data", "r.csv", "--level", "ordinal", "--seed", "1", "--json")
    #expect(other.status == 0 && other.output != first.output)
    let lines = try folder.text("r.csv").split(separator: "\n")
    let turned = [lines[0]] + lines.dropFirst().reversed()
    try folder.write(turned.map { "\($0)\n" }.joined(), to: "r.csv")
    #expect(try agreement("--data", "r.csv", "--level", "ordinal", "--json").output == first.output)
  }

  @Test("JSON Lines are read as well")
  func lines() throws {
    let rows = (0..<6).flatMap { item in
      ["a", "b"].map {
        #"{"item": \#(item), "annotator": "\#($0)", "value": \#($0 == "a" ? item : item / 2)}"#
      }
    }
    try folder.write(rows.map { "\($0)\n" }.joined(), to: "r.jsonl")
    let run = try agreement("--data", "r.jsonl", "--level", "interval")
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("Cohen's κ, quadratic weights"))
  }

  @Test("names of annotators cannot act on the terminal")
  func controlCharacters() throws {
    try folder.write("item,annotator,value\n1,a\u{1B}[2J,A\n1,b,B\n", to: "r.csv")
    let run = try agreement("--data", "r.csv", "--level", "nominal")
    #expect(run.status == 0 && !run.output.contains("\u{1B}"))
    #expect(run.output.contains("a\\u{1B}[2J"))
  }

  @Test("bad data is 65, with file and line; wrong usage is 64")
  func errors() throws {
    try folder.write("item,annotator,value\n1,a,A\n1,b,2\n", to: "word.csv")
    try folder.write("item,annotator,value\n1,a,1\n1,b,-2\n", to: "negative.csv")
    try folder.write("item,annotator,value\n1,a,1\n2,a,1\n1,a,2\n", to: "twice.csv")
    try folder.write("item,annotator,value\n1,a,\n", to: "none.csv")
    try folder.write("item,who,value\n1,a,1\n", to: "named.csv")
    for (file, level, message) in [
      ("missing.csv", "nominal", "missing.csv: there is no such file"),
      (
        "word.csv", "ordinal", "word.csv:2: field `value`: saw the text \"A\"; allowed is a number;"
      ),
      ("negative.csv", "ratio", "negative.csv:3: field `value`: saw the text \"-2\"; allowed is a"),
      ("twice.csv", "nominal", "twice.csv:4: field `value`: saw a second value of annotator \"a\""),
      ("none.csv", "nominal", "none.csv: no row has a value; give at least one judgment"),
      ("named.csv", "nominal", "needed are `item`, `annotator`, `value`"),
    ] {
      let run = try agreement("--data", file, "--level", level)
      #expect(run.status == 65 && run.output.isEmpty, "\(run.output)")
      #expect(run.error.contains(message), "\(run.error)")
    }
    #expect(try agreement("--data", "negative.csv", "--level", "interval").status == 0)
    let unknown = try agreement("--data", "word.csv", "--level", "rank")
    #expect(unknown.status == 64)
    #expect(
      unknown.error.contains("'nominal', 'ordinal', 'interval' or 'ratio'"), "\(unknown.error)")
    #expect(try agreement("--data", "word.csv").status == 64)
  }
}
