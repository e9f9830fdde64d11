import Foundation
import Testing

@Suite("attune data inspect")
struct DataInspectTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func inspect(_ arguments: String...) throws -> Invocation {
    try Invocation(
      ["data", "inspect"] + arguments + ["--model", RepositoryFile.tokenizer], in: folder)
  }

  @Test("rows, then the summary")
  func everything() throws {
    try folder.write(
      #"""
      {"prompt": "Question:", "chosen": " yes", "rejected": " no, not at all", "weight": 0.5, "margin": 2}
      {"prompt": "Question:", "chosen": " no", "rejected": " no"}

      """#, to: "pairs.jsonl")
    let run = try inspect("pairs.jsonl")
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    #expect(
      run.output.hasPrefix(
        """
        pairs.jsonl:1: prompt 3, chosen 2, rejected 6 tokens; weight 0.5; margin 2
        prompt      Question:
        chosen       yes<|endoftext|>
        rejected     no, not at all<|endoftext|>

        records      preference pairs
        rows         2: 1 usable, 1 unusable
        cut          none: all fit into max_length 1024
        shared       21.4 % of the tokens: 11 instead of 14
        longer side  chosen in 0.0 %, rejected in 100.0 %
        duplicates   0 rows the same as an earlier one; 0 rows with an earlier one's prompt
        margins      1 row (100.0 %)
        weights      1 row (100.0 %) other than 1; from 0.5 to 0.5

        unusable  because                  for instance
        --------  -----------------------  -------------
               1  the sides are identical  pairs.jsonl:2

        tokens before cutting  min  median  95 %  max  mean
        ---------------------  ---  ------  ----  ---  ----
        prompt                   3       3     3    3   3.0
        chosen                   2       2     2    2   2.0
        rejected                 6       6     6    6   6.0

        tokens  prompt                  chosen                  rejected

        """))
  }

  /// Expected: `tokens` of scripts/record's DPO fixture, TRL 1.16.0's ids of the same file.
  @Test("lengths are those of TRL's tokens")
  func recordedLengths() throws {
    struct Recorded: Decodable {
      struct Pair: Decodable {
        let prompt_ids: [Int]
        let chosen_ids: [Int]
        let rejected_ids: [Int]
      }
      let tokens: [Pair]
    }
    let recorded = try JSONDecoder().decode(
      Recorded.self,
      from: Data(contentsOf: RepositoryFile.recorded.appending(path: "expected.json")))
    let run = try Invocation([
      "data", "inspect", RepositoryFile.recorded.appending(path: "pairs.jsonl").path,
      "--model", RepositoryFile.recorded.appending(path: "model").path, "--json", "--rows", "0",
    ])
    let report = try run.report()
    let tokens = try #require(report["tokens"] as? [String: [String: Double]])
    for (column, lengths) in [
      ("prompt", recorded.tokens.map(\.prompt_ids.count)),
      ("chosen", recorded.tokens.map(\.chosen_ids.count)),
      ("rejected", recorded.tokens.map(\.rejected_ids.count)),
    ] {
      let sorted = lengths.sorted().map(Double.init)
      let expected = [
        "min": sorted[0], "max": sorted[7], "median": (sorted[3] + sorted[4]) / 2,
        "p95": sorted[6] + 0.65 * (sorted[7] - sorted[6]),
        "mean": sorted.reduce(0, +) / 8,
      ]
      let seen = try #require(tokens[column])
      for (name, value) in expected {
        #expect(abs((seen[name] ?? .nan) - value) < 1e-9, "\(column) \(name)")
      }
    }
    let unpacked = recorded.tokens.reduce(0) {
      $0 + 2 * $1.prompt_ids.count + $1.chosen_ids.count + $1.rejected_ids.count
    }
    #expect(report["unpacked_tokens"] as? Int == unpacked)
  }

  @Test("where rows are cut, where prompts merge, and what a terminal must not see")
  func marks() throws {
    try folder.write(
      #"""
      {"prompt": "a ", "completion": "the \u001b[31mred\u0007\u009b\u202e\tand\nthen"}

      """#, to: "a.jsonl")
    let run = try inspect("a.jsonl", "--max-length", "9")
    #expect(run.output.contains("prompt      a [\" \" merges into the completion]\n"))
    #expect(run.output.contains(#"completion   the \u{1B}[3"#))
    #expect(run.output.contains(" tokens off]\n"))
    #expect(run.output.contains("merged      1 row (100.0 %), whose prompt ends within"))
    let whole = try inspect("a.jsonl", "--row", "1")
    #expect(whole.output.contains(#"the \u{1B}[31mred\u{7}\u{9B}\u{202E}\tand⏎"#))
    #expect(whole.output.contains("\n            then<|endoftext|>\n"))
    for text in [run.output, whole.output] {
      #expect(
        !text.unicodeScalars.contains { $0 != "\n" && ($0.value < 32 || $0.value == 0x9B) })
    }
  }

  @Test("a long text shows its ends, and --tokens the end of each token")
  func longTexts() throws {
    let text = (0..<500).map { "w\($0)" }.joined(separator: " ")
    try folder.write("{\"text\": \"\(text)\"}\n", to: "a.jsonl")
    let run = try inspect("a.jsonl", "--max-length", "4000")
    #expect(run.output.contains("text        w0 w1 w2"))
    #expect(run.output.contains("[… "))
    #expect(run.output.contains("w499<|endoftext|>\n"))
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let whole = try inspect("a.jsonl", "--max-length", "4000", "--row", "1")
    #expect(!whole.output.contains("[… "))
    #expect(try inspect("a.jsonl", "--tokens").output.contains("w|0|"))
  }

  @Test("every type of record", arguments: 0..<5)
  func types(index: Int) throws {
    let (name, text, shown) = [
      (
        "r.jsonl", #"{"prompt": "Q:", "completions": [" a", " b"], "ranking": [2, 1]}"#,
        ["rank 2       a<|endoftext|>", "rank 1       b<|endoftext|>", "records      rankings"]
      ),
      (
        "d.csv", "instruction,response\nQ:,\" a, b\"\n",
        ["completion   a, b<|endoftext|>", "records     demonstrations"]
      ),
      (
        "u.json", #"[{"prompt": "Q:", "completion": " a", "label": false}]"#,
        ["undesirable  a<|endoftext|>", "records     unpaired completions"]
      ),
      ("p.jsonl", #"{"prompt": "Q:"}"#, ["prompt      Q:", "records     prompts"]),
      ("t.jsonl", #"{"text": "T:"}"#, ["text        T:<|endoftext|>", "records     texts"]),
    ][index]
    try folder.write(text, to: name)
    let run = try inspect(name)
    #expect(run.status == 0)
    for line in shown { #expect(run.output.contains(line + "\n")) }
  }

  @Test("rows that repeat an earlier one, in bytes")
  func repetitions() throws {
    try folder.write(
      #"""
      {"prompt": "p", "completion": "caf\u00e9"}
      {"prompt": "p", "completion": "cafe\u0301"}
      {"prompt": "p", "completion": "caf\u00e9"}
      {"prompt": "q", "completion": "caf\u00e9"}

      """#, to: "a.jsonl")
    let report = try inspect("a.jsonl", "--json").report()
    #expect(report["duplicate_rows"] as? Int == 1)
    #expect(report["duplicate_prompts"] as? Int == 2)
    // The same file twice: all of its rows once more.
    let twice = try inspect("a.jsonl", "a.jsonl", "--json").report()
    #expect(twice["duplicate_rows"] as? Int == 5)
    #expect(twice["rows"] as? Int == 8)
  }

  @Test("bad data is shown as far as it goes, with status 65")
  func badData() throws {
    try folder.write("{\"text\": \"a b\"}\n{\"text\": 1}\n", to: "malformed.jsonl")
    let malformed = try inspect("malformed.jsonl")
    #expect(malformed.status == 65)
    #expect(malformed.output.contains("malformed.jsonl:2: field `text`: saw the number 1"))
    #expect(
      malformed.error
        == "attune: error: 1 of 2 rows is malformed; correct it, as training would stop there\n")

    try folder.write("{\"text\": \"a b\"}\n{\"text\": \"\"}\n", to: "unusable.jsonl")
    #expect(try inspect("unusable.jsonl").status == 0)
    let strict = try inspect("unusable.jsonl", "--strict")
    #expect(strict.status == 65)
    #expect(
      strict.error.hasPrefix("attune: error: Rows that cannot be used, which strict does not"))
    let row = try inspect("unusable.jsonl", "--row", "2")
    #expect(
      row.output.hasPrefix(
        "unusable.jsonl:2: nothing to train on\nleft out: the text is empty\n"))

    try folder.write("{\"prompt\": \"p\", \"completion\": \"c\"}\n", to: "demonstrations.jsonl")
    let mixed = try inspect("unusable.jsonl", "demonstrations.jsonl")
    #expect(mixed.status == 65)
    #expect(
      mixed.error == """
        attune: error: demonstrations.jsonl: holds demonstrations, but unusable.jsonl holds texts; \
        training would stop here; give files of one type at a time

        """)
    let short = try inspect("demonstrations.jsonl", "--max-length", "1")
    #expect(short.status == 65)
    #expect(short.error.contains("no usable row is left:\n1 row: the prompt has max_length tokens"))
  }

  @Test("messages are counted, not tokenized")
  func messages() throws {
    let row = #"{"prompt": [{"role": "user", "content": "p"}], "completion": "c"}"#
    try folder.write("\(row)\n{\"prompt\": \"p\", \"completion\": \"c\"}\n", to: "a.jsonl")
    let some = try inspect("a.jsonl")
    #expect(some.status == 0)
    #expect(some.output.contains("rows        2: 1 usable, 0 unusable, 1 with messages\n"))
    let note =
      "1 of 2 rows hold messages, and chat templates are not supported yet: "
      + "training would stop at a.jsonl:1; write plain text until then\n"
    #expect(some.error == "attune: warning: a.jsonl: \(note)")
    try folder.write("\(row)\n", to: "b.jsonl")
    let all = try inspect("b.jsonl")
    #expect(all.status == 65)
    #expect(all.error.hasPrefix("attune: error: b.jsonl: 1 of 1 rows hold messages"))
  }

  @Test("wrong usage")
  func usage() throws {
    try folder.write("{\"text\": \"a b\"}\n", to: "a.jsonl")
    for (arguments, sentence) in [
      (["--max-length", "0"], "'--max-length' is 0, but must be at least 1."),
      (["--row", "0"], "'--row' is 0, but must be at least 1."),
      (["--rows", "1", "--row", "1"], "Give either --rows or --row."),
      (["--row", "7"], "no row begins on line 7 of a.jsonl"),
    ] {
      let run = try Invocation(
        ["data", "inspect", "a.jsonl", "--model", RepositoryFile.tokenizer] + arguments,
        in: folder)
      #expect(run.status == 64)
      #expect(run.error.contains("attune: error: \(sentence)\n"))
    }
    let none = try Invocation(
      ["data", "inspect", "a.jsonl", "--model", folder.url.path], in: folder)
    #expect(none.status == 65)
    #expect(none.error.contains("tokenizer.json"))
  }
}
