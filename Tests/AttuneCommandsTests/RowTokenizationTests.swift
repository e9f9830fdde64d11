import AttuneCommands
import Foundation
import PreferenceData
import Testing
import Tokenization
import Trainers

@Suite("A record as training sees it")
struct RowTokenizationTests {
  private let tokenizer: Tokenizer
  private let source = SourceLocation(file: "a.jsonl", line: 1)

  init() throws { tokenizer = try Tokenizer(directory: RepositoryFile.tokenizer) }

  private func rules(_ maxLength: Int) throws -> RowTokenization {
    try RowTokenization(
      tokenizer: tokenizer, directory: RepositoryFile.tokenizer, maxLength: maxLength)
  }

  /// Texts whose ends merge with what follows, special tokens, and characters of several tokens.
  private static let pieces = [
    "", "a", "wor", "ld", " ", "  ", "\n", "\n\n", "Assistant:", " yes", "no", "e\u{301}", "👩‍👩‍👧",
    "<|endoftext|>", "12", "3.", "naïve café",
  ]

  private func texts(_ count: Int, _ random: inout SeededGenerator) -> [String] {
    (0..<count).map { _ in
      (0..<random.uniform(below: 4)).map { _ in
        Self.pieces[Int(random.uniform(below: UInt64(Self.pieces.count)))]
      }.joined()
    }
  }

  @Test("Pairs, and rankings of two, are what PairTokenization makes of them")
  func agreesWithTraining() throws {
    var random = SeededGenerator(seed: 5)
    for maxLength in [1, 3, 5, 8, 1000] {
      let training = try PairTokenization(
        tokenizer: tokenizer, directory: RepositoryFile.tokenizer, maxLength: maxLength)
      let rules = try rules(maxLength)
      for _ in 0..<300 {
        let texts = texts(3, &random).map(Passage.text)
        let pair = PreferencePair(
          prompt: texts[0], chosen: texts[1], rejected: texts[2], weight: 2, source: source)
        let ranking = Ranking(
          prompt: texts[0], completions: [texts[1], texts[2]], ranks: [1, 2], source: source)
        let rows = [
          try rules.tokenize(.preference(pair)), try rules.tokenize(.ranking(ranking)),
        ]
        switch try training.tokenize(pair) {
        case .tokenized(let expected):
          for row in rows {
            #expect(row.dropped == nil)
            #expect(row.prompt == expected.prompt)
            #expect(row.sides.map(\.kept) == [expected.chosen, expected.rejected])
          }
          #expect(rows[0].weight == 2)
          #expect(rows[0].sides.map(\.cut) == rows[1].sides.map(\.cut))
          #expect(rows[0].merged == rows[1].merged)
        case .dropped(let reason):
          #expect(rows.map(\.dropped) == [reason, reason])
        }
      }
    }
  }

  @Test("Nothing is lost: prompt, kept and cut are the whole")
  func whole() throws {
    let record = DataRecord.demonstration(
      Demonstration(
        prompt: .text("Question:"), completion: .text(" a long answer"), source: source))
    let whole = tokenizer.encode("Question: a long answer<|endoftext|>")
    for maxLength in 4..<whole.count + 2 {
      let row = try rules(maxLength).tokenize(record)
      let side = try #require(row.sides.first)
      #expect(row.prompt + side.kept == Array(whole.prefix(maxLength)))
      #expect(row.prompt.count + side.length == whole.count)
      #expect(row.prompt.count + side.kept.count == min(whole.count, maxLength))
      #expect(row.prompt == tokenizer.encode("Question:"))
      #expect(row.merged.isEmpty)
    }
  }

  @Test("A prompt that ends within a completion's token")
  func merged() throws {
    let row = try rules(100).tokenize(
      .unpaired(
        UnpairedCompletion(
          prompt: .text("a "), completion: .text("the"), isDesirable: false, source: source)))
    #expect(tokenizer.decode(row.prompt) == "a")
    #expect(tokenizer.decode(row.merged) == " ")
    #expect(row.sides.map(\.role) == [.undesirable])
    #expect(row.sides.map { tokenizer.decode($0.kept) } == [" the<|endoftext|>"])
  }

  @Test("Prompts end no sequence, texts do")
  func unended() throws {
    let prompt = try rules(5).tokenize(.prompt(Prompt(prompt: .text("Hello"), source: source)))
    #expect(prompt.prompt == tokenizer.encode("Hello") && prompt.sides.isEmpty)
    let long = Prompt(prompt: .text("one two three four five six"), source: source)
    #expect(try rules(5).tokenize(.prompt(long)).dropped == .promptTooLong)
    let text = Document(text: .text("one two three four five six"), source: source)
    let side = try #require(try rules(5).tokenize(.text(text)).sides.first)
    let ids = tokenizer.encode("one two three four five six<|endoftext|>")
    #expect(side.kept == Array(ids.prefix(5)) && side.length == ids.count)
    // Of one token the end is learned; the end alone has nothing that predicts it.
    for (text, reason) in [("a", nil), ("", DropReason.emptyText)] {
      let row = try rules(5).tokenize(.text(Document(text: .text(text), source: source)))
      #expect(row.dropped == reason)
    }
  }

  @Test("Messages are refused as in training")
  func messages() throws {
    let prompt = Prompt(
      prompt: .messages([Message(role: "user", content: "Hi")]), source: source)
    let error = #expect(throws: TrainingError.self) { try rules(5).tokenize(.prompt(prompt)) }
    #expect(error?.description.hasPrefix("a.jsonl:1: holds messages") == true)
  }
}
