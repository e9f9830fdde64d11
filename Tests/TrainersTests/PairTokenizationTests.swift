import Foundation
import PreferenceData
import Testing
import Tokenization
import Trainers

/// Expected ids: scripts/record/dpo.py, TRL 1.16.0 with tokenizers 0.23.3.
@Suite("From a pair of texts to token ids")
struct PairTokenizationTests {
  private let recording: Recording
  private let source = SourceLocation(file: "pairs.jsonl", line: 7)

  init() throws { recording = try Recording.read() }

  private func tokenization(
    _ directory: String = Fixture.model, maxLength: Int? = nil
  ) throws -> PairTokenization {
    try PairTokenization(
      tokenizer: Tokenizer(directory: directory), directory: directory, maxLength: maxLength)
  }

  private func pair(_ prompt: String, _ chosen: String, _ rejected: String) -> PreferencePair {
    PreferencePair(
      prompt: .text(prompt), chosen: .text(chosen), rejected: .text(rejected), source: source)
  }

  @Test("the ids of every pair are TRL's")
  func recordedPairs() throws {
    let pairs = try RecordReader.preferencePairs.read([Fixture.pairs]).records
    #expect(pairs.count == recording.tokens.count)
    let tokenization = try tokenization()
    for (pair, expected) in zip(pairs, recording.tokens) {
      #expect(try tokenization.tokenize(pair) == .tokenized(expected.pair))
    }
  }

  @Test("so are those of texts that a rule could get wrong, with and without a first token")
  func awkwardPairs() throws {
    let runs = [
      (Fixture.model, recording.awkward),
      (Fixture.tokenizerWithBeginning, recording.awkward_with_bos),
    ]
    for (directory, rows) in runs {
      let tokenization = try tokenization(directory)
      for row in rows {
        let pair = pair(
          try #require(row.prompt), try #require(row.chosen), try #require(row.rejected))
        #expect(try tokenization.tokenize(pair) == .tokenized(row.pair))
      }
      #expect(rows.count == 6)
    }
  }

  @Test("and those of pairs whose prompt is what both sides begin with")
  func implicitPairs() throws {
    let expected = recording.implicit.map(\.pair)
    let seen = try tokenizedImplicitPairs()
    #expect(seen.dropFirst() == expected.dropFirst())
    // A dialogue's prompt ends behind its last "Assistant:", where TRL lets the answers' common
    // beginning join the prompt. The sequences are the same.
    #expect(expected[0].prompt.starts(with: seen[0].prompt))
    #expect(seen[0].prompt == [200, 200, 283, 27, 338, 74, 200, 200, 284, 27])
    #expect(seen[0].sequences.map(\.ids) == expected[0].sequences.map(\.ids))
  }

  private func tokenizedImplicitPairs() throws -> [TokenizedPair] {
    let folder = try TemporaryFolder()
    let rows = try recording.implicit.map {
      ["chosen": try #require($0.chosen), "rejected": try #require($0.rejected)]
    }
    let file = try folder.write(rows: rows, to: "implicit.jsonl")
    let tokenization = try tokenization()
    return try RecordReader.preferencePairs.read([file]).records.map { pair in
      guard case .tokenized(let tokens) = try tokenization.tokenize(pair) else { throw Dropped() }
      return tokens
    }
  }

  private struct Dropped: Error {}

  @Test(
    "prompt and completion keep their first tokens, each side by itself", arguments: 2..<40)
  func truncation(maxLength: Int) throws {
    let full = try #require(recording.awkward.first { $0.prompt == "Größe?" }).pair
    let pair = pair("Größe?", " 🙂 naïve\u{a0}日本", " \t\n  x")
    let room = maxLength - full.prompt.count
    let outcome = try tokenization(maxLength: maxLength).tokenize(pair)
    switch room {
    case ...0: #expect(outcome == .dropped(.promptTooLong))
    // Both sides begin with the same space.
    case 1: #expect(outcome == .dropped(.truncatedAway))
    default:
      let expected = TokenizedPair(
        prompt: full.prompt, chosen: Array(full.chosen.prefix(room)),
        rejected: Array(full.rejected.prefix(room)))
      #expect(outcome == .tokenized(expected))
      #expect(expected.tokenCount <= 2 * maxLength)
    }
  }

  @Test("sides that differ by the end of sequence alone are identical, and not truncated")
  func identicalSides() throws {
    let outcome = try tokenization().tokenize(pair("Say it.", " Yes", " Yes<|endoftext|>"))
    #expect(outcome == .dropped(.identicalSides))
  }

  @Test("a completion that is its end of sequence alone counts, but not without a prompt")
  func emptyCompletion() throws {
    let tokenization = try tokenization()
    let withPrompt = try tokenization.tokenize(pair("Say nothing.", "", " No"))
    #expect(withPrompt != .dropped(.emptyCompletion))
    #expect(try tokenization.tokenize(pair("", "", "No")) == .dropped(.emptyCompletion))
    #expect(
      try tokenization.tokenize(pair("", "No", "<|endoftext|>")) == .dropped(.emptyCompletion))
  }

  @Test("an end of sequence is found behind a character that joins the next")
  func joiningCharacter() throws {
    // U+0600 and the `<` after it are one Character of Swift's, which no `hasSuffix` takes apart.
    let once = try tokenization().tokenize(pair("Say", " 1\u{600}<|endoftext|>", " 2"))
    guard case .tokenized(let pair) = once else {
      Issue.record("dropped: \(once)")
      return
    }
    #expect(pair.chosen.count { $0 == 0 } == 1)
  }

  @Test("the weight goes along")
  func weight() throws {
    let weighted = PreferencePair(
      prompt: .text("Say"), chosen: .text(" yes"), rejected: .text(" no"), weight: 0.25,
      source: source)
    guard case .tokenized(let pair) = try tokenization().tokenize(weighted) else {
      Issue.record("dropped")
      return
    }
    #expect(pair.weight == 0.25)
  }

  @Test("messages are refused with file and line")
  func messages() throws {
    let conversation = Passage.messages([Message(role: "user", content: "Hi")])
    let pair = PreferencePair(
      prompt: conversation, chosen: conversation, rejected: conversation, source: source)
    let tokenization = try tokenization()
    let error = #expect(throws: TrainingError.self) { try tokenization.tokenize(pair) }
    #expect(
      error?.description == "pairs.jsonl:7: holds messages, and chat templates are not supported "
        + "yet; write prompt, chosen and rejected as plain text")
  }

  @Test("a tokenizer without an end of sequence is refused with the remedy")
  func noEndOfSequence() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: "\(Fixture.model)/tokenizer.json", toPath: folder.path("tokenizer.json"))
    let error = #expect(throws: TrainingError.self) { try tokenization(folder.path) }
    #expect(
      error?.description == "\(folder.path): names no end-of-sequence token, which completions are "
        + "ended with; set eos_token in tokenizer_config.json")
  }
}
