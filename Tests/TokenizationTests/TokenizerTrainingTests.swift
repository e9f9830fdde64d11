import Foundation
import PreferenceData
import Testing
import Tokenization

/// What scripts/record/tokenizer_training.py has recorded.
struct TrainingCase: Decodable, CustomTestStringConvertible {
  let name: String
  let texts: [String]
  let vocabulary_size: Int
  let minimum_frequency: Int
  let special_tokens: [String]
  /// The tokens in the order of their ids.
  let tokens: [String]
  /// The merges by rank.
  let merges: [[String]]
  /// For each text, what the finished tokenizer makes of it.
  let ids: [[Int32]]
  /// What it decodes them to: a special token such as `über` is not told from bytes.
  let decoded: [String]

  var testDescription: String { name }

  static var recorded: [TrainingCase] {
    get throws {
      let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/training.jsonl")
      return try Data(contentsOf: url).split(separator: UInt8(ascii: "\n")).map {
        try JSONDecoder().decode(TrainingCase.self, from: $0)
      }
    }
  }

  static func named(_ name: String) throws -> TrainingCase {
    try #require(try recorded.first { $0.name == name })
  }

  var recipe: TokenizerRecipe {
    TokenizerRecipe(
      vocabularySize: vocabulary_size, endOfSequence: special_tokens[0],
      padding: special_tokens[1], furtherSpecialTokens: Array(special_tokens.dropFirst(2)),
      minimumFrequency: minimum_frequency)
  }

  func trained() throws -> TrainedTokenizer {
    var trainer = try TokenizerTrainer(recipe)
    for text in texts { trainer.add(text) }
    return trainer.train()
  }
}

@Suite("tokenizer training")
struct TokenizerTrainingTests {
  /// Writes a tokenizer's files and opens them.
  private func opened<Value>(
    _ trained: TrainedTokenizer, _ body: (Tokenizer) throws -> Value
  ) throws -> Value {
    let folder = try Fixtures.folder([
      "tokenizer.json": Data(trained.tokenizerFile.utf8),
      "tokenizer_config.json": Data(trained.configurationFile.utf8),
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(Tokenizer(directory: folder.path))
  }

  @Test("merges and ids are those of tokenizers 0.23.3", arguments: try TrainingCase.recorded)
  func merges(_ recorded: TrainingCase) throws {
    let trained = try recorded.trained()
    #expect(trained.tokens == recorded.tokens)
    #expect(trained.merges.map { [$0.left, $0.right] } == recorded.merges)
  }

  @Test("the written files give the ids of tokenizers", arguments: try TrainingCase.recorded)
  func files(_ recorded: TrainingCase) throws {
    try opened(try recorded.trained()) { tokenizer in
      for (text, (ids, decoded)) in zip(recorded.texts, zip(recorded.ids, recorded.decoded)) {
        #expect(tokenizer.encode(text) == ids, "\(text.debugDescription)")
        #expect(tokenizer.decode(ids) == decoded)
      }
      #expect(tokenizer.vocabularySize == recorded.tokens.count)
    }
  }

  @Test("end of sequence and padding are named, special, and two tokens")
  func specialTokens() throws {
    try opened(try TrainingCase.named("english").trained()) { tokenizer in
      #expect(tokenizer.beginningOfSequence == nil)
      #expect(tokenizer.endOfSequence == 0)
      #expect(tokenizer.padding == 1)
      #expect(tokenizer.encode("a<|endoftext|><|padding|>").suffix(2) == [0, 1])
      #expect(
        tokenizer.decode([0, 1] + tokenizer.encode("so"), skipSpecialTokens: true) == "so")
    }
  }

  @Test("special tokens with quotes, line feeds and backslashes survive the file")
  func awkwardSpecialTokens() throws {
    let recipe = TokenizerRecipe(
      vocabularySize: 300, endOfSequence: "\"end\"\\\n", padding: "\u{7F}\tü",
      furtherSpecialTokens: ["</s>", "🙂"])
    try opened(try TokenizerTrainer(recipe).train()) { tokenizer in
      #expect(tokenizer.encode("\"end\"\\\n\u{7F}\tü</s>🙂") == [0, 1, 2, 3])
      #expect((tokenizer.endOfSequence, tokenizer.padding) == (0, 1))
    }
  }

  @Test("bytes per token are those of encoding the texts")
  func bytesPerToken() throws {
    for name in ["english", "dialogues", "unicode", "runs"] {
      let recorded = try TrainingCase.named(name)
      let trained = try recorded.trained()
      #expect(trained.byteCount == recorded.texts.map(\.utf8.count).reduce(0, +))
      #expect(trained.tokenCount == recorded.ids.map(\.count).reduce(0, +))
      let ratio = try #require(trained.bytesPerToken)
      #expect(ratio == Double(trained.byteCount) / Double(trained.tokenCount))
    }
    #expect(try TrainingCase.named("no text").trained().bytesPerToken == nil)
  }

  @Test("it says why it ended")
  func ends() throws {
    func end(_ name: String) throws -> TrainedTokenizer.End {
      try TrainingCase.named(name).trained().end
    }
    #expect(try end("english") == .full)
    #expect(try end("dialogues, no merge") == .full)
    #expect(try end("too little text") == .noPair)
    #expect(try end("no text") == .noPair)
    #expect(try end("dialogues, minimum frequency 5") == .noFrequentPair)
  }

  @Test("the order of the texts does not matter, and the same texts give the same bytes")
  func order() throws {
    let recorded = try TrainingCase.named("ties among few letters")
    let file = try recorded.trained().tokenizerFile
    var trainer = try TokenizerTrainer(recorded.recipe)
    for text in recorded.texts.reversed() { trainer.add(text) }
    #expect(trainer.train().tokenizerFile == file)
    #expect(trainer.train().tokenizerFile == file)
  }

  @Test("progress counts up, and what it throws ends the training")
  func progress() throws {
    struct Stop: Error, Equatable {}
    let recorded = try TrainingCase.named("english")
    var trainer = try TokenizerTrainer(recorded.recipe)
    for text in recorded.texts { trainer.add(text) }
    var seen: [Int] = []
    _ = trainer.train { (learnt: Int, total: Int) throws(Never) in
      seen.append(learnt)
      #expect(total == 400 - 258)
    }
    #expect(seen == Array(0..<400 - 258))
    #expect(throws: Stop()) {
      _ = try trainer.train { (learnt: Int, _: Int) throws(Stop) in
        if learnt == 10 { throw Stop() }
      }
    }
  }

  @Test("all texts of a record are learnt from")
  func recordTexts() {
    let source = SourceLocation(file: "a.jsonl", line: 1)
    let prompt = Passage.text("p")
    let turns = Passage.messages([
      Message(role: "user", content: "u"), Message(role: "assistant", content: "a"),
    ])
    let records: [(DataRecord, [String])] = [
      (
        .preference(
          PreferencePair(prompt: prompt, chosen: turns, rejected: .text("r"), source: source)),
        ["p", "u", "a", "r"]
      ),
      (
        .ranking(
          Ranking(
            prompt: prompt, completions: [.text("1"), .text("2")], ranks: [1, 2], source: source)),
        ["p", "1", "2"]
      ),
      (
        .demonstration(Demonstration(prompt: turns, completion: .text("c"), source: source)),
        ["u", "a", "c"]
      ),
      (
        .unpaired(
          UnpairedCompletion(
            prompt: prompt, completion: .text("c"), isDesirable: false, source: source)),
        ["p", "c"]
      ),
      (.prompt(Prompt(prompt: prompt, source: source)), ["p"]),
      (.text(Document(text: turns, source: source)), ["u", "a"]),
    ]
    for (record, texts) in records { #expect(record.texts == texts) }
  }
}

@Suite("tokenizer recipes that cannot be followed")
struct TokenizerTrainingErrorTests {
  private func message(_ recipe: TokenizerRecipe) -> String? {
    do {
      _ = try TokenizerTrainer(recipe)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("a vocabulary without room for bytes and special tokens")
  func tooSmall() {
    #expect(
      message(TokenizerRecipe(vocabularySize: 257))
        == "the vocabulary size is 257, but 256 bytes and 2 special tokens are in every "
        + "vocabulary; ask for 258 or more")
    #expect(message(TokenizerRecipe(vocabularySize: 258)) == nil)
    #expect(
      message(TokenizerRecipe(vocabularySize: -1, furtherSpecialTokens: ["<s>"]))
        == "the vocabulary size is -1, but 256 bytes and 3 special tokens are in every "
        + "vocabulary; ask for 259 or more")
  }

  @Test("a vocabulary that ids cannot count")
  func tooLarge() {
    #expect(
      message(TokenizerRecipe(vocabularySize: 16_777_217))
        == "the vocabulary size is 16777217; the largest possible is 16777216")
  }

  @Test("special tokens that are empty or the same")
  func specialTokens() {
    #expect(
      message(TokenizerRecipe(vocabularySize: 300, padding: "<|endoftext|>"))
        == "the special token \"<|endoftext|>\" is given twice; end of sequence, padding and "
        + "every other special token must differ")
    #expect(
      message(TokenizerRecipe(vocabularySize: 300, furtherSpecialTokens: ["<a>", "<a>"]))
        == "the special token \"<a>\" is given twice; end of sequence, padding and every other "
        + "special token must differ")
    #expect(
      message(TokenizerRecipe(vocabularySize: 300, endOfSequence: ""))
        == "a special token is empty; give it a text that does not occur in the data")
    // As a token it would stand for the byte 0xFC too, and "über" would not be decoded.
    #expect(
      message(TokenizerRecipe(vocabularySize: 300, furtherSpecialTokens: ["ü"]))
        == "the special token \"ü\" is a character by which the vocabulary calls a byte; give it a "
        + "longer text")
  }

  @Test("a frequency below zero")
  func frequency() {
    #expect(
      message(TokenizerRecipe(vocabularySize: 300, minimumFrequency: -2))
        == "the minimum frequency is -2, but must be at least 0")
  }
}
