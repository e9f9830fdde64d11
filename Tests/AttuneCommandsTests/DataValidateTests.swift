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
    #expect(try validate("a.jsonl").output.hasSuffix("… and 30 more.\n"))
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
        {"valid": false, "one_type": true, "files": [{"file": "a.jsonl", "valid": false, \
        "type": "preference", "kind": "explicitPreference", "rows": 1, "usable": 0, \
        "malformed": 0, "unusable": {"identicalSides": 1}, "messages": 0, \
        "ignored_columns": [], "problems": [], "further_problems": 0}, \
        {"file": "none.jsonl", "valid": false, "error": "none.jsonl: there is no such file; \
        check the name and the current folder."}]}

        """)
  }

  @Test("a thousand problems are kept, the others counted")
  func veryManyProblems() throws {
    try folder.write(String(repeating: "{bad\n", count: 1500), to: "a.jsonl")
    let run = try validate("a.jsonl", "--json")
    let file = try #require((run.report()["files"] as? [[String: Any]])?.first)
    #expect(file["malformed"] as? Int == 1500)
    #expect((file["problems"] as? [String])?.count == 1000)
    #expect(file["further_problems"] as? Int == 500)
    #expect(try validate("a.jsonl").output.hasSuffix("… and 1480 more.\n"))
  }

  @Test("--strict takes unusable rows for an error")
  func strict() throws {
    try folder.write("{\"text\": \"a\"}\n{\"text\": \"\"}\n", to: "a.jsonl")
    #expect(try validate("a.jsonl").status == 0)
    let run = try validate("a.jsonl", "--strict")
    #expect(run.status == 65)
    #expect(
      run.error
        == "attune: error: a.jsonl: 1 of 2 rows cannot be used, which --strict does not allow; "
        + "remove it, or leave --strict out\n")
    #expect(try validate("a.jsonl", "--strict", "--json").report()["valid"] as? Bool == false)
  }

  @Test("--type says what the files must hold")
  func type() throws {
    try folder.write("{\"prompt\": \"p\", \"completion\": \"c\"}\n", to: "a.jsonl")
    #expect(try validate("a.jsonl", "--type", "demonstration").status == 0)
    let prompts = try validate("a.jsonl", "--type", "prompt")
    #expect(prompts.status == 0)
    #expect(prompts.output.contains("a.jsonl  prompts"))
    let wrong = try validate("a.jsonl", "--type", "ranking")
    #expect(wrong.status == 65)
    #expect(
      wrong.error == """
        attune: error: a.jsonl: holds demonstrations, by its fields `completion`, `prompt`; \
        needed here are rankings (`prompt`, `completions`, `ranking`); \
        give another file or rename its fields.

        """)
    let unknown = try validate("a.jsonl", "--type", "pairs")
    #expect(unknown.status == 64)
    #expect(
      unknown.error.hasPrefix(
        "attune: error: The value 'pairs' is invalid for '--type <type>': allowed are preference, "
          + "ranking, demonstration, unpaired, samples, prompt, text.\n"))
  }

  @Test("files of several types are each good, but not together")
  func mixedTypes() throws {
    try folder.write(
      #"{"prompt": "p", "chosen": "a", "rejected": "b"}"#, to: "explicit.jsonl")
    try folder.write(
      #"[{"prompt": "p", "response_A": "a", "response_B": "b", "preference": "A"}]"#, to: "ab.json")
    try folder.write("instruction,response\ni,r\n", to: "demonstrations.csv")
    let pairs = try validate("explicit.jsonl", "ab.json")
    #expect(pairs.status == 0 && pairs.error.isEmpty)
    let all = try validate("explicit.jsonl", "demonstrations.csv", "ab.json")
    #expect(all.status == 0)
    #expect(
      all.error == """
        attune: warning: these files cannot be trained on together: explicit.jsonl, ab.json hold \
        preference pairs; demonstrations.csv holds demonstrations; a training command stops at \
        the first file of another type than it needs, so give each type to the command that it \
        is for

        """)
    let report = try validate("explicit.jsonl", "demonstrations.csv", "--json").report()
    #expect(report["one_type"] as? Bool == false)
    #expect(report["valid"] as? Bool == true)
  }

  @Test("messages are counted, and that they are of no use yet is said")
  func messages() throws {
    try folder.write(
      """
      {"prompt": "p", "completion": "c"}
      {"prompt": [{"role": "user", "content": "p"}], "completion": "c"}

      """, to: "a.jsonl")
    let run = try validate("a.jsonl")
    #expect(run.status == 0)
    #expect(
      run.error == """
        attune: warning: a.jsonl: 1 of 2 rows hold messages, and chat templates are not supported \
        yet: training would stop at a.jsonl:2; write plain text until then

        """)
  }

  @Test("nothing in a file or its name reaches the terminal as a control sequence")
  func controlSequences() throws {
    let name = "a\u{1B}[2J.jsonl"
    try folder.write(
      "{\"\\u001b[31mred\": 1, \"text\": \"a\"}\n{\"text\": [\"\\u009b2J\u{202E}\"]}\n", to: name)
    let run = try validate(name)
    for text in [run.output, run.error, try validate(name, "--json").output] {
      #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{9B}" })
    }
    #expect(run.output.contains(#"a\u{1B}[2J.jsonl: not read: \u{1B}[31mred"#))
    #expect(run.output.contains(#"the text "\u{9B}2J\u{202E}""#))
  }

  @Test("no file is wrong usage")
  func noFile() throws {
    let run = try validate()
    #expect(run.status == 64)
    #expect(run.error.hasPrefix("attune: error: Missing expected argument '<file> ...'\n"))
  }
}
