import Foundation
import Testing
import TorchEngine

@Suite("attune score", .enabled(if: Engine.version != nil))
struct ScoreCommandTests {
  private let folder: TestFolder
  private let model = RepositoryFile.recorded.appending(path: "model").path
  private let pairs = RepositoryFile.recorded.appending(path: "pairs.jsonl").path
  private let recording: Recording

  /// What TRL 1.16.0 and transformers 5.23.0 said: scripts/record/dpo.py.
  private struct Recording: Decodable {
    struct Tokens: Decodable {
      var prompt_ids: [Int]
      var chosen_ids: [Int]
      var rejected_ids: [Int]
    }
    struct Sums: Decodable {
      var chosen: Double
      var rejected: Double
    }
    var tokens: [Tokens]
    var reference_log_probabilities: [Sums]
  }

  init() throws {
    folder = try TestFolder()
    recording = try JSONDecoder().decode(
      Recording.self,
      from: Data(contentsOf: RepositoryFile.recorded.appending(path: "expected.json")))
  }

  private func score(_ data: String, _ arguments: String...) throws -> Invocation {
    try Invocation(
      ["score", "--model", model, "--data", data, "--out", "scores.jsonl"] + arguments, in: folder)
  }

  /// The pairs of the fixture as rows of another form.
  private func rows(_ form: ([String: String]) -> [String: String]) throws -> String {
    let lines = try String(contentsOfFile: pairs, encoding: .utf8).split(separator: "\n")
    return try lines.map { line in
      let row = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
      return String(decoding: try JSONEncoder().encode(form(row)), as: UTF8.self)
    }.joined(separator: "\n")
  }

  @Test("pairs: sums, counts and ids are those of TRL")
  func recordedPairs() throws {
    let run = try score(pairs, "--per-token", "--json")
    #expect(run.status == 0)
    let rows = try folder.rows("scores.jsonl")
    #expect(rows.count == recording.tokens.count)
    for (index, row) in rows.enumerated() {
      let (tokens, sums) = (recording.tokens[index], recording.reference_log_probabilities[index])
      #expect(row["line"] as? Int == index + 1)
      for (side, ids, sum) in [
        ("chosen", tokens.chosen_ids, sums.chosen),
        ("rejected", tokens.rejected_ids, sums.rejected),
      ] {
        let seen = try #require(row["\(side)_log_probability"] as? Double)
        #expect(abs(seen - sum) < 1e-5 * abs(sum))
        #expect(row["\(side)_tokens"] as? Int == ids.count)
        #expect(row["\(side)_token_ids"] as? [Int] == ids)
        let values = try #require(row["\(side)_log_probabilities"] as? [Double])
        #expect(values.count == ids.count)
        #expect(abs(values.reduce(0, +) - seen) < 1e-9)
      }
    }
    let report = try run.report()
    #expect(report["rows"] as? Int == 8 && report["scored"] as? Int == 8)
    #expect(
      report["tokens"] as? Int
        == recording.tokens.reduce(0) { $0 + $1.chosen_ids.count + $1.rejected_ids.count })
    #expect(run.error.contains("attune: scoring 8/8 (100%)"))
    #expect(run.error.hasSuffix("attune: 8 of 8 rows scored\n"))
  }

  @Test("prompts with completions, and texts, score as the sides of pairs do")
  func otherForms() throws {
    try folder.write(
      try rows { ["prompt": $0["prompt"] ?? "", "completion": $0["chosen"] ?? ""] },
      to: "demonstrations.jsonl")
    #expect(try score("demonstrations.jsonl").status == 0)
    let completions = try folder.rows("scores.jsonl")
    for (row, sums) in zip(completions, recording.reference_log_probabilities) {
      let seen = try #require(row["log_probability"] as? Double)
      #expect(abs(seen - sums.chosen) < 1e-5 * abs(sums.chosen))
      #expect(Set(row.keys) == ["line", "log_probability", "tokens"])
    }
    #expect(completions.count == 8)

    try folder.write(
      try rows { ["text": ($0["prompt"] ?? "") + ($0["chosen"] ?? "")] }, to: "texts.jsonl")
    #expect(try score("texts.jsonl", "--per-token").status == 0)
    for (row, tokens) in zip(try folder.rows("scores.jsonl"), recording.tokens) {
      // All of the text but its first token; no end of sequence is added to a text.
      #expect(
        row["token_ids"] as? [Int]
          == Array((tokens.prompt_ids + tokens.chosen_ids).dropFirst().dropLast()))
    }
  }

  @Test("rows that cannot be scored are null, with the reason, in their place")
  func unscored() throws {
    let limit = 30
    let run = try score(pairs, "--max-length", "\(limit)")
    #expect(run.status == 0)
    let rows = try folder.rows("scores.jsonl")
    #expect(rows.compactMap { $0["line"] as? Int } == Array(1...8))
    var unscored = 0
    for (row, tokens) in zip(rows, recording.tokens) {
      if tokens.prompt_ids.count >= limit {
        unscored += 1
        #expect(row["chosen_log_probability"] is NSNull && row["rejected_tokens"] is NSNull)
        #expect(row["reason"] as? String == "the prompt has max_length tokens or more")
      } else {
        let room = limit - tokens.prompt_ids.count
        #expect(row["chosen_tokens"] as? Int == min(room, tokens.chosen_ids.count))
        #expect(row["reason"] == nil)
      }
    }
    #expect(unscored > 0 && unscored < 8)
    #expect(
      run.error.hasSuffix(
        "attune: \(8 - unscored) of 8 rows scored\n"
          + "attune: without a score: \(unscored) (the prompt has max_length tokens or more)\n"))
  }

  @Test("rows without a judgment are null in their place too; a pipe will do for a file")
  func withoutJudgment() throws {
    let tie = #"{"prompt": "p", "chosen": "a", "rejected": "a"}"#
    try folder.write("\(tie)\n\(try rows { $0 })\n", to: "a.jsonl")
    let pipe = folder.url.appending(path: "pipe.jsonl").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let text = try folder.text("a.jsonl")
    Thread.detachNewThread {
      try? Data(text.utf8).write(to: URL(filePath: pipe), options: [])
    }
    for data in ["a.jsonl", pipe] {
      let run = try score(data, "--json")
      #expect(run.status == 0, "\(run.error)")
      #expect(
        run.error.hasSuffix(
          "attune: 8 of 9 rows scored\nattune: without a score: 1 (the sides are identical)\n"))
      #expect(try run.report()["rows"] as? Int == 9)
      let rows = try folder.rows("scores.jsonl")
      #expect(rows.count == 9)
      #expect(rows[0]["chosen_log_probability"] is NSNull)
      #expect(rows[0]["reason"] as? String == "the sides are identical")
    }
  }

  @Test("batches change nothing but time")
  func batches() throws {
    _ = try score(pairs)
    let usual = try folder.rows("scores.jsonl")
    _ = try score(pairs, "--batch-size", "3")
    for (a, b) in zip(usual, try folder.rows("scores.jsonl")) {
      let a = try #require(a["chosen_log_probability"] as? Double)
      let b = try #require(b["chosen_log_probability"] as? Double)
      #expect(abs(a - b) < 1e-3)
    }
  }

  @Test("an error leaves no file behind")
  func errors() throws {
    try folder.write("{\"prompt\": \"p\", \"chosen\": \"a\"}\n", to: "bad.jsonl")
    let malformed = try score("bad.jsonl")
    #expect(malformed.status == 65)
    #expect(malformed.error.contains("bad.jsonl:1: field `rejected`: saw no such field"))

    try folder.write("{\"prompt\": \"p\"}\n", to: "prompts.jsonl")
    let prompts = try score("prompts.jsonl")
    #expect(prompts.status == 65)
    #expect(prompts.error.contains("prompts.jsonl: holds prompts"))
    #expect(prompts.error.contains("or demonstrations (`prompt`, `completion`)"))

    try folder.write(
      "{\"prompt\": [{\"role\": \"user\", \"content\": \"a\"}], \"completion\": \"b\"}\n",
      to: "messages.jsonl")
    let messages = try score("messages.jsonl")
    #expect(messages.status == 65)
    #expect(messages.error.contains("messages.jsonl:1: holds messages"))
    #expect(try folder.names() == ["bad.jsonl", "messages.jsonl", "prompts.jsonl"])

    let zero = try score(pairs, "--batch-size", "0")
    #expect(zero.status == 64)
    #expect(zero.error.contains("'--batch-size' is 0, but must be at least 1.\nUsage: "))
    let noFolder = try Invocation(
      "score", "--model", model, "--data", pairs, "--out", "none/scores.jsonl", in: folder)
    #expect(noFolder.status == 64)
    #expect(noFolder.error.contains("none/scores.jsonl: cannot be written: No such file"))
  }

  @Test("SIGTERM ends it with 143 and without a file")
  func interruption() throws {
    try folder.write(
      Array(repeating: try rows { $0 }, count: 100).joined(separator: "\n"), to: "many.jsonl")
    let process = try Invocation.process(
      [
        "score", "--model", model, "--data", "many.jsonl", "--out", "scores.jsonl",
        "--batch-size", "1",
      ], in: folder)
    let pipe = Pipe()
    process.standardError = pipe
    try process.runUnblocked()
    var error = ""
    while !error.contains("scoring 100/"), case let bytes = pipe.fileHandleForReading.availableData,
      !bytes.isEmpty
    {
      error += String(decoding: bytes, as: UTF8.self)
    }
    // Not SIGINT: whoever runs tests in the background may have it ignored for all that they start.
    process.terminate()
    error += String(
      decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 143)
    #expect(error.contains(" of 800 rows; scores.jsonl was not written\n"))
    #expect(try folder.names() == ["many.jsonl"])
  }
}
