import Foundation
import Testing

@Suite("attune data validate")
struct DataValidateTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func validate(_ arguments: String...) throws -> Invocation {
    try Invocation(["data", "validate"] + arguments, in: folder)
  }

  @Test("counts, reasons and columns that nothing reads")
  func valid() throws {
    try folder.write(
      #"""
      {"prompt": "p", "chosen": "a", "rejected": "b", "annotator": 3}
      {"prompt": "p", "chosen": "a", "rejected": "a"}

      """#, to: "pairs.jsonl")
    let run = try validate("pairs.jsonl")
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    #expect(
      run.output == """
        file         records                                   rows  usable  unusable  malformed
        -----------  ----------------------------------------  ----  ------  --------  ---------
        pairs.jsonl  preference pairs with an explicit prompt     2       1         1          0

        unusable  because                  for instance
        --------  -----------------------  -------------
               1  the sides are identical  pairs.jsonl:2

        pairs.jsonl: not read: annotator

        """)
  }

  @Test("malformed rows, all of them, with status 65")
  func malformed() throws {
    try folder.write("{\"text\": \"a\"}\n{\"text\": 1}\n{bad\n", to: "a.jsonl")
    try folder.write("{\"text\": \"a\"}\n", to: "b.jsonl")
    let run = try validate("a.jsonl", "b.jsonl")
    #expect(run.status == 65)
    #expect(run.output.contains("a.jsonl  texts       3       1         0          2\n"))
    #expect(run.output.contains("b.jsonl  texts       1       1         0          0\n"))
    #expect(run.output.contains("a.jsonl:2: field `text`: saw the number 1"))
    #expect(run.output.contains("a.jsonl:3: saw `b` at byte 2"))
    #expect(
      run.error
        == "attune: error: a.jsonl: 2 of 3 rows are malformed; correct them, "
        + "as training would stop there\n")
  }

  @Test("a long list of problems is cut, and in JSON is not")
  func manyProblems() throws {
    try folder.write(String(repeating: "{bad\n", count: 50), to: "a.jsonl")
    #expect(try validate("a.jsonl").output.hasSuffix("… and 30 more\n"))
    let files = try validate("a.jsonl", "--json").report()["files"] as? [[String: Any]]
    #expect((files?.first?["problems"] as? [String])?.count == 50)
  }

  @Test("a file that cannot be read does not hide the others")
  func unreadable() throws {
    try folder.write("{\"text\": \"a\"}\n", to: "a.jsonl")
    try folder.write("", to: "empty.jsonl")
    try folder.write("x", to: "data.txt")
    let run = try validate("a.jsonl", "empty.jsonl", "none.jsonl", "data.txt", ".")
    #expect(run.status == 65)
    #expect(run.output.contains("a.jsonl  texts"))
    #expect(
      run.error == """
        attune: error: empty.jsonl: there are no rows in the file; give it at least one.
        none.jsonl: there is no such file; check the name and the current folder.
        data.txt: its name does not end as a known format does; allowed are .jsonl, .json, .csv, \
        each also with .gz; convert it to JSON Lines or rename it.
        .: this is a folder; name a file in it (.jsonl, .json, .csv, each also with .gz).

        """)
  }

  @Test("no usable row is bad data too")
  func nothingUsable() throws {
    try folder.write("{\"text\": \" \"}\n", to: "a.jsonl")
    let run = try validate("a.jsonl")
    #expect(run.status == 65)
    #expect(
      run.error
        == "attune: error: a.jsonl: no row can be used; give data with at least one usable row\n")
  }

  @Test("--json is one object")
  func json() throws {
    try folder.write(
      "{\"prompt\": \"p\", \"chosen\": \"a\", \"rejected\": \"a\"}\n", to: "a.jsonl")
    let run = try validate("a.jsonl", "none.jsonl", "--json")
    #expect(run.status == 65)
    #expect(
      run.output == """
        {"valid": false, "files": [{"file": "a.jsonl", "valid": false, \
        "kind": "explicitPreference", "rows": 1, "usable": 0, "malformed": 0, \
        "unusable": {"identicalSides": 1}, "ignored_columns": [], "problems": []}, \
        {"file": "none.jsonl", "valid": false, "error": "none.jsonl: there is no such file; \
        check the name and the current folder."}]}

        """)
  }

  @Test("no file is wrong usage")
  func noFile() throws {
    let run = try validate()
    #expect(run.status == 64)
    #expect(run.error.hasPrefix("attune: error: Missing expected argument '<file> ...'\n"))
  }
}
