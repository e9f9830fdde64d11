import Foundation
import Testing

/// What the rows are worth is Sandbox's affair, and tested there; here it is the commands.
@Suite("attune sandbox")
struct SandboxCommandTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func generate(_ kind: String, _ arguments: String...) throws -> Invocation {
    try Invocation(["sandbox", "generate", "--kind", kind] + arguments, in: folder)
  }

  private func judge(_ data: String, _ arguments: String...) throws -> Invocation {
    try Invocation(
      ["sandbox", "judge", "--data", data, "--out", "gold.jsonl"] + arguments, in: folder)
  }

  @Test(
    "rows have the documented fields in order",
    arguments: [
      ("text", ["text", "log_probability", "characters"]),
      ("demonstrations", ["prompt", "completion", "metadata"]),
      (
        "preferences",
        [
          "prompt", "chosen", "rejected", "confidence", "gold_chosen", "gold_rejected",
          "annotator", "response_time", "kind",
        ]
      ),
      ("rankings", ["prompt", "completions", "ranking", "gold", "annotator", "kind"]),
      ("prompts", ["prompt", "kind"]),
      (
        "critiques",
        [
          "prompt", "response", "principle", "critique", "revision", "violated",
          "gold_response", "gold_revision", "kind",
        ]
      ),
      ("labelled", ["text", "label", "category", "scope", "kind"]),
    ])
  func fields(kind: String, names: [String]) throws {
    let run = try generate(kind, "--count", "7", "--out", "rows.jsonl")
    #expect(run.status == 0, "\(run.error)")
    let rows = try folder.rows("rows.jsonl")
    #expect(rows.count == 7)
    #expect(rows.allSatisfy { Set($0.keys) == Set(names) })
    let first = try #require(folder.text("rows.jsonl").split(separator: "\n").first)
    let places = names.compactMap { first.range(of: "\"\($0)\": ")?.lowerBound }
    #expect(places == places.sorted())
  }

  @Test("one seed, one file; other annotators, the same pairs")
  func seeds() throws {
    _ = try generate("preferences", "--count", "20", "--seed", "3", "--out", "a.jsonl")
    _ = try generate("preferences", "--count", "20", "--seed", "3", "--out", "b.jsonl")
    _ = try generate("preferences", "--count", "20", "--seed", "4", "--out", "c.jsonl")
    #expect(try folder.text("a.jsonl") == folder.text("b.jsonl"))
    #expect(try folder.text("a.jsonl") != folder.text("c.jsonl"))
    _ = try generate(
      "preferences", "--count", "20", "--seed", "3", "--label-noise", "0.5", "--sloppiness",
      "0.5", "--length-bias", "2", "--out", "d.jsonl")
    let prompts = try ["a.jsonl", "d.jsonl"].map { name in
      try folder.rows(name).map { $0["prompt"] as? String }
    }
    #expect(prompts[0] == prompts[1])
    _ = try generate("prompts", "--count", "5", "--world-seed", "1", "--out", "e.jsonl.gz")
    #expect(try folder.names().contains("e.jsonl.gz"))
  }

  @Test("noise-free pairs with a gap are in gold's order, and the report says so")
  func noiseFree() throws {
    let run = try generate(
      "preferences", "--count", "30", "--temperature", "0", "--minimum-gap", "0.2", "--kinds",
      "fact,harmful", "--votes", "2", "--annotators", "3", "--out", "pairs.jsonl", "--json")
    #expect(run.status == 0, "\(run.error)")
    #expect(
      run.output.hasPrefix(
        "pairs.jsonl: 30 preferences, seed 0, 100.0 % of unequal pairs in gold order\n"))
    let report = try run.report()
    #expect(report["in_gold_order"] as? Double == 1)
    let rows = try folder.rows("pairs.jsonl")
    #expect(Set(rows.compactMap { $0["kind"] as? String }) == ["fact", "harmful"])

    let judged = try judge("pairs.jsonl", "--json")
    #expect(judged.status == 0, "\(judged.error)")
    #expect(judged.output.contains("The chosen completion is better in 100.0 % of 30 pairs"))
    for (row, gold) in zip(rows, try folder.rows("gold.jsonl")) {
      #expect(row["gold_chosen"] as? Double == gold["gold_chosen_total"] as? Double)
      #expect(row["gold_rejected"] as? Double == gold["gold_rejected_total"] as? Double)
    }
  }

  @Test("text: the entropy is that of the rows")
  func entropy() throws {
    let run = try generate("text", "--count", "50", "--out", "text.jsonl", "--json")
    let rows = try folder.rows("text.jsonl")
    let nats = rows.reduce(0) { $0 - ($1["log_probability"] as? Double ?? 0) }
    let characters = rows.reduce(0) { $0 + ($1["characters"] as? Double ?? 0) }
    let report = try run.report()
    #expect(abs((report["nats_per_character"] as? Double ?? 0) - nats / characters) < 1e-12)
    #expect(try judge("text.jsonl").output.contains("\nall"))
  }

  @Test("completions of any origin are judged, and rows without one say why")
  func judging() throws {
    try folder.write(
      """
      {"prompt": "Human: What is 3 plus 4?\\n\\nAssistant:", "completion": " 3 plus 4 is 7."}
      {"prompt": "Sing!", "completion": " xyz"}
      {"prompt": "Human: What is 3 plus 4?\\n\\nAssistant:", "completion": ""}

      """, to: "answers.jsonl")
    let run = try judge("answers.jsonl")
    #expect(run.status == 0, "\(run.error)")
    let rows = try folder.rows("gold.jsonl")
    #expect(rows.compactMap { $0["line"] as? Int } == [1, 2, 3])
    #expect(rows[0]["gold_total"] as? Double == 1)
    #expect(rows[0]["kind"] as? String == "sum")
    #expect(rows[1]["kind"] is NSNull)
    #expect(rows[2]["gold_total"] is NSNull)
    #expect(rows[2]["reason"] as? String != nil)
    #expect(run.output.contains("not judged: 1 of 3"))
  }

  @Test("several completions of a prompt are a list of scores", arguments: ["jsonl", "json"])
  func lists(format: String) throws {
    let rows =
      [" 7.\", \" 8.\", \"", " 7."].map {
        #"{"prompt": "Human: What is 3 plus 4?\n\nAssistant:", "completion": ["\#($0)"]}"#
      } + [#"{"prompt": "Human: What is 3 plus 4?\n\nAssistant:", "completion": null}"#]
    try folder.write(
      format == "json" ? "[\(rows.joined(separator: ",\n"))]" : rows.joined(separator: "\n"),
      to: "samples.\(format)")
    let run = try judge("samples.\(format)")
    #expect(run.status == 0, "\(run.error)")
    let gold = try folder.rows("gold.jsonl")
    let totals = try #require(gold[0]["gold_total"] as? [Double])
    #expect(totals.count == 3 && totals[0] > totals[1] && totals[1] > totals[2])
    #expect(gold[1]["gold_total"] as? [Double] == [totals[0]])
    #expect(gold[2]["reason"] as? String == "there is no completion")
    let check = try Invocation("data", "validate", "samples.\(format)", in: folder)
    #expect(check.output.contains("lists of sampled completions"), "\(check.output)")
  }

  @Test("rankings are lists of scores, those that they were made by")
  func rankings() throws {
    _ = try generate("rankings", "--count", "5", "--completions", "3", "--out", "ranks.jsonl")
    #expect(try judge("ranks.jsonl").status == 0)
    for (row, gold) in zip(try folder.rows("ranks.jsonl"), try folder.rows("gold.jsonl")) {
      #expect(row["gold"] as? [Double] == gold["gold_total"] as? [Double])
    }
  }

  @Test("what cannot be judged is bad data")
  func badData() throws {
    _ = try generate("prompts", "--count", "2", "--out", "prompts.jsonl")
    let prompts = try judge("prompts.jsonl")
    #expect(prompts.status == 65)
    #expect(prompts.error.contains("prompts.jsonl: holds prompts, by its fields `prompt`"))
    #expect(try judge("none.jsonl").status == 65)
    #expect(try !folder.names().contains("gold.jsonl"))
  }

  @Test(
    "options without effect, or out of range, are wrong usage",
    arguments: [
      (
        ["--kind", "text", "--temperature", "1"],
        "'--temperature' has no effect on texts; it goes with --kind preferences or rankings."
      ),
      (
        ["--kind", "preferences", "--completions", "3"],
        "'--completions' has no effect on preferences; it goes with --kind rankings."
      ),
      (
        ["--kind", "rankings", "--votes", "2"],
        "'--votes' has no effect on rankings; it goes with --kind preferences."
      ),
      (
        ["--kind", "preferences", "--label-noise", "2"],
        "'--label-noise' is 2.0, but must be from 0 to 1."
      ),
      (
        ["--kind", "preferences", "--temperature=-1"],
        "'--temperature' is -1.0, but must be a number from 0."
      ),
      (
        ["--kind", "rankings", "--completions", "1"],
        "'--completions' is 1, but must be from 2 to 32."
      ),
      (
        ["--kind", "preferences", "--votes", "6"],
        "'--votes' is 6, but must be from 1 to the 5 that --annotators says there are."
      ),
      (["--kind", "text", "--kinds", "fact,poem"], "'--kinds' has 'poem'; allowed are fact, sum,"),
      (["--kind", "text", "--kinds", "fact,fact"], "'--kinds' has 'fact' twice."),
      (["--kind", "poems"], "poems"),
    ])
  func usage(arguments: [String], message: String) throws {
    let run = try Invocation(
      ["sandbox", "generate"] + arguments + ["--count", "3", "--out", "x.jsonl"], in: folder)
    #expect(run.status == 64)
    #expect(run.error.contains(message), "\(run.error)")
    #expect(try folder.names().isEmpty)
  }

  @Test("a count of none, and a gap that nothing has")
  func nothing() throws {
    #expect(try generate("text", "--count", "0", "--out", "x.jsonl").status == 64)
    let gap = try generate(
      "preferences", "--count", "1", "--minimum-gap", "1", "--kinds", "chat", "--out", "x.jsonl")
    #expect(gap.status == 64)
    #expect(gap.error.contains("give a smaller gap, fewer completions or other kinds"))
    #expect(try generate("text", "--count", "1", "--out", "none/x.jsonl").status == 64)
    #expect(try folder.names().isEmpty)
  }
}
