import Foundation
import Testing
import TorchEngine

@Suite("attune evaluate perplexity", .enabled(if: Engine.version != nil))
struct EvaluatePerplexityCommandTests {
  private let folder: TestFolder
  private let model = RepositoryFile.recorded.appending(path: "model").path
  private let pairs = RepositoryFile.recorded.appending(path: "pairs.jsonl").path
  private let recording: Recording

  /// What TRL 1.16.0 and transformers 5.23.0 said: scripts/record/dpo.py.
  private struct Recording: Decodable {
    struct Tokens: Decodable {
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

  private func evaluate(_ data: String, _ arguments: String...) throws -> Invocation {
    try Invocation(
      ["evaluate", "perplexity", "--model", model, "--data", data, "--json"] + arguments,
      in: folder)
  }

  private func overall(_ run: Invocation) throws -> [String: Any] {
    #expect(run.status == 0, "\(run.error)")
    return try #require(try run.report()["overall"] as? [String: Any])
  }

  private func number(_ name: String, in measure: [String: Any]) throws -> Double {
    try #require(measure[name] as? Double, "\(name) in \(measure)")
  }

  @Test("pairs: both sides are what transformers makes of them")
  func recordedPairs() throws {
    let run = try evaluate(pairs)
    let sums = recording.reference_log_probabilities
    let chosen = -sums.reduce(0) { $0 + $1.chosen }
    let rejected = -sums.reduce(0) { $0 + $1.rejected }
    let counts = recording.tokens.map { ($0.chosen_ids.count, $0.rejected_ids.count) }
    let tokens = counts.reduce(0) { $0 + $1.0 + $1.1 }
    let measure = try overall(run)
    #expect(measure["tokens"] as? Int == tokens && measure["documents"] as? Int == 16)
    let nats = try number("nats_per_token", in: measure)
    #expect(abs(nats - (chosen + rejected) / Double(tokens)) < 1e-5 * nats)
    let kinds = try #require(try run.report()["kinds"] as? [[String: Any]])
    #expect(kinds.map { $0["name"] as? String } == ["chosen completions", "rejected completions"])
    let first = try number("nats_per_token", in: kinds[0])
    #expect(abs(first - chosen / Double(counts.reduce(0) { $0 + $1.0 })) < 1e-5 * first)
    let perplexity = exp(nats)
    #expect(run.output.contains("all "))
    #expect(run.output.contains(String(format: "%.4g", perplexity).prefix(3)))
    #expect(run.error.contains("attune: predicting 8/8 (100%)"))
  }

  @Test(
    "texts: with the ends there are two more predictions, and a long text is split without loss")
  func texts() throws {
    let text = "A text with some words, and a few more of them, so that it can be split. "
    let long = String(repeating: text, count: 3)
    try folder.write("{\"text\": \"\(long)\"}\n{\"text\": \"Short.\"}\n", to: "texts.jsonl")
    let inner = try overall(try evaluate("texts.jsonl"))
    let whole = try overall(try evaluate("texts.jsonl", "--from-end-of-sequence"))
    let tokens = try #require(inner["tokens"] as? Int)
    #expect(whole["tokens"] as? Int == tokens + 4)
    // All characters and bytes count where all tokens do.
    let nats = try number("nats_per_token", in: whole) * Double(tokens + 4)
    #expect(
      abs(try number("nats_per_character", in: whole) - nats / Double(long.count + 6)) < 1e-9 * nats
    )
    #expect(
      abs(try number("bits_per_byte", in: whole) - nats / log(2) / Double(long.utf8.count + 6))
        < 1e-9 * nats)
    for length in ["2", "7", "16"] {
      let split = try overall(
        try evaluate("texts.jsonl", "--from-end-of-sequence", "--max-length", length))
      #expect(split["tokens"] as? Int == tokens + 4)
    }
    let batched = try overall(try evaluate("texts.jsonl", "--batch-size", "1"))
    #expect(
      abs(try number("nats_per_token", in: batched) - number("nats_per_token", in: inner)) < 1e-5)
  }

  @Test("texts that say how probable they were are measured against it")
  func generator() throws {
    try folder.write(
      "{\"text\": \"One text.\", \"log_probability\": -9}\n"
        + "{\"text\": \"Two texts.\", \"log_probability\": -10}\n", to: "texts.jsonl")
    let run = try evaluate("texts.jsonl", "--from-end-of-sequence")
    let generator = try #require(try overall(run)["generator"] as? [String: Any])
    #expect(try number("nats_per_character", in: generator) == 1)
    let own = try number("nats_per_character", in: overall(run))
    #expect(abs(try number("excess", in: generator) - (own - 1)) < 1e-9)
    #expect(run.output.contains("by their generator 1.000 nats a character"))
    // Without the first token the two would not be of the same text.
    #expect(try overall(try evaluate("texts.jsonl"))["generator"] == nil)
  }

  @Test("a base on the same texts: the ratio of nats, and a run keeps it")
  func base() throws {
    let itself = try evaluate(pairs, "--base", model)
    let base = try #require(try itself.report()["base"] as? [String: Any])
    #expect((base["ratio"] as? [String: Any])?["value"] as? Double == 1)
    #expect(
      base["nats_per_token"] as? Double == (try overall(itself)["nats_per_token"] as? Double))
    #expect(itself.output.contains("the model needs 1.0000 (1.0000 to 1.0000)"))
    let run = folder.url.appending(path: "run").path
    let trained = try Invocation(
      "pretrain", "--model", model, "--data", "texts.jsonl", "--out", "run", "--max-steps", "4",
      "--learning-rate", "0.01", "--batch-size", "4", in: folderWithTexts())
    #expect(trained.status == 0, "\(trained.error)")
    let better = try Invocation(
      "evaluate", "perplexity", "--model", "run", "--base", model, "--data", "texts.jsonl",
      "--into",
      run, "--json", in: folder)
    #expect(better.status == 0, "\(better.error)")
    let report = try better.report()
    let ratio = try #require((report["base"] as? [String: Any])?["ratio"] as? [String: Any])
    let alone = try overall(try evaluate("texts.jsonl"))
    let nats = try number("nats_per_token", in: alone)
    let value = try number("value", in: ratio)
    #expect(abs(value - (try number("nats_per_token", in: overall(better))) / nats) < 1e-9)
    #expect(value < 1)
    let kept = try folder.text("run/evaluations/perplexity.json")
    #expect(better.output.hasSuffix("\n\(kept)"))
    let foreign = try evaluate(pairs, "--into", "run")
    #expect(foreign.status == 64)
    #expect(foreign.error.contains("a run keeps the perplexity of its own model"))
  }

  /// The folder with a file of texts.
  private func folderWithTexts() throws -> TestFolder {
    let text = "A text with some words, and a few more of them, so that it can be learned."
    let line = "{\"text\": \"\(text)\"}\n"
    try folder.write(String(repeating: line, count: 16), to: "texts.jsonl")
    return folder
  }

  @Test("errors are sentences")
  func errors() throws {
    try folder.write("{\"text\": \"a\"}\n", to: "letter.jsonl")
    let letter = try evaluate("letter.jsonl")
    #expect(letter.status == 65)
    #expect(letter.error.contains("letter.jsonl: no usable row is left"))
    #expect(try evaluate("letter.jsonl", "--from-end-of-sequence").status == 0)
    try folder.write("{\"prompt\": \"a\"}\n", to: "prompts.jsonl")
    let prompts = try evaluate("prompts.jsonl")
    #expect(prompts.status == 65)
    #expect(prompts.error.contains("prompts.jsonl: holds prompts"))
    let short = try evaluate(pairs, "--max-length", "1")
    #expect(short.status == 64)
    #expect(short.error.contains("'--max-length' is 1, but must be at least 2."))
    let long = try evaluate(pairs, "--max-length", "2")
    #expect(long.status == 65)
    #expect(long.error.contains("prompt and completion have more than max_length tokens"))
    try folder.write(
      "{\"prompt\": [{\"role\": \"user\", \"content\": \"a\"}], \"completion\": \"b\"}\n",
      to: "messages.jsonl")
    let messages = try evaluate("messages.jsonl")
    #expect(messages.status == 65)
    #expect(messages.error.contains("messages.jsonl:1: holds messages"))
  }
}
