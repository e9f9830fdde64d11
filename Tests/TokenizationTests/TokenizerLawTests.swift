import Foundation
import Testing
import Tokenization

/// What holds for every text, whatever the vocabulary.
@Suite("laws of the tokenizer")
struct TokenizerLawTests {
  @Test(
    "decoding undoes encoding where nothing is normalized", arguments: ["gpt2", "llama3", "smollm"])
  func roundTrip(style: String) throws {
    let tokenizer = try Tokenizer(directory: Fixtures.directory(style))
    for row in try Fixtures.rows(style) {
      let ids = tokenizer.encode(row.text, addSpecialTokens: false)
      #expect(tokenizer.decode(ids) == row.text)
      #expect(ids.flatMap { tokenizer.bytes(of: $0) } == Array(row.text.utf8))
    }
  }

  @Test("every added token is one id wherever it stands", arguments: ["gpt2", "llama3", "qwen2"])
  func addedTokens(style: String) throws {
    let tokenizer = try Tokenizer(directory: Fixtures.directory(style))
    let end = try #require(tokenizer.endOfSequence)
    let token = try #require(tokenizer.token(for: end))
    #expect(tokenizer.id(for: token) == end)
    #expect(tokenizer.encode(token, addSpecialTokens: false) == [end])
    let around = tokenizer.encode("12\(token)ab", addSpecialTokens: false)
    let apart =
      tokenizer.encode("12", addSpecialTokens: false) + [end]
      + tokenizer.encode("ab", addSpecialTokens: false)
    #expect(around == apart)
    #expect(tokenizer.decode(around, skipSpecialTokens: true) == "12ab")
  }

  @Test("an empty text has special tokens alone")
  func emptyText() throws {
    let gpt2 = try Tokenizer(directory: Fixtures.directory("gpt2"))
    #expect(gpt2.encode("") == [])
    #expect(gpt2.decode([]) == "")
    let llama = try Tokenizer(directory: Fixtures.directory("llama3"))
    #expect(llama.encode("") == [llama.beginningOfSequence])
    #expect(llama.encode("", addSpecialTokens: false) == [])
  }

  @Test("ids and tokens name each other")
  func vocabulary() throws {
    let tokenizer = try Tokenizer(directory: Fixtures.directory("qwen2"))
    for id in 0..<Int32(tokenizer.vocabularySize) {
      let token = try #require(tokenizer.token(for: id))
      #expect(tokenizer.id(for: token) == id)
    }
    #expect(tokenizer.token(for: Int32(tokenizer.vocabularySize)) == nil)
    #expect(tokenizer.token(for: -1) == nil)
    #expect(tokenizer.id(for: "no such token") == nil)
  }

  @Test("unknown ids decode to nothing")
  func unknownIDs() throws {
    let tokenizer = try Tokenizer(directory: Fixtures.directory("gpt2"))
    let ids = tokenizer.encode("harbour")
    #expect(tokenizer.decode([-5] + ids + [1_000_000]) == "harbour")
  }

  @Test("half a character decodes to U+FFFD")
  func brokenCharacter() throws {
    let tokenizer = try Tokenizer(directory: Fixtures.directory("gpt2"))
    let ids = tokenizer.encode("\u{10FFFD}")
    #expect(ids.count > 1)
    #expect(tokenizer.decode(ids.dropLast()) == "\u{FFFD}")
  }

  @Test("a full piece cache changes nothing")
  func manyPieces() throws {
    let tokenizer = try Tokenizer(directory: Fixtures.directory("gpt2"))
    let numbers = (0..<90_000).map { " \($0 &* 7_919)" }
    let last = numbers[80_000...].joined()
    let fresh = try Tokenizer(directory: Fixtures.directory("gpt2")).encode(last)
    _ = tokenizer.encode(numbers.joined())
    #expect(tokenizer.encode(last) == fresh)
    #expect(tokenizer.decode(fresh) == last)
  }

  @Test("a piece of a million bytes takes no quadratic time", .timeLimit(.minutes(1)))
  func longPiece() throws {
    let tokenizer = try Tokenizer(directory: Fixtures.directory("gpt2"))
    let word = String(repeating: "harbourtown", count: 100_000)
    let ids = tokenizer.encode(word)
    #expect(tokenizer.decode(ids) == word)
  }

  @Test("special tokens come from either file, as text or as object")
  func specialTokens() throws {
    let gpt2 = try Tokenizer(directory: Fixtures.directory("gpt2"))
    #expect(gpt2.beginningOfSequence == 0)
    #expect(gpt2.endOfSequence == 0)
    #expect(gpt2.padding == nil)
    let file = try Data(
      contentsOf: URL(fileURLWithPath: Fixtures.directory("qwen2") + "/tokenizer.json"))
    let folder = try Fixtures.folder([
      "tokenizer.json": file,
      "tokenizer_config.json": Data(#"{"eos_token": "<|im_end|>"}"#.utf8),
      "special_tokens_map.json": Data(
        #"{"eos_token": "<|endoftext|>", "pad_token": {"content": "<|endoftext|>"}}"#.utf8),
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let qwen = try Tokenizer(directory: folder.path)
    #expect(qwen.beginningOfSequence == nil)
    #expect(qwen.endOfSequence == qwen.id(for: "<|im_end|>"))
    #expect(qwen.padding == qwen.id(for: "<|endoftext|>"))
  }
}
