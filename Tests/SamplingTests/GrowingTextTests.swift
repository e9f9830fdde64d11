#if LibTorch
  import Foundation
  import PreferenceData
  import Sampling
  import Testing
  import Tokenization

  @Suite("A text that grows token by token")
  struct GrowingTextTests {
    private let tokenizer: Tokenizer

    init() throws {
      tokenizer = try Tokenizer(
        directory: URL(filePath: #filePath).deletingLastPathComponent()
          .appending(path: "../TrainersTests/Fixtures/dpo/model").standardizedFileURL.path)
    }

    @Test("what is told of piece by piece is the text, whatever its characters are")
    func pieces() {
      var random = SeededGenerator(seed: 1)
      let letters = Array("ab é漢字🙂 .\n").map(String.init)
      for _ in 0..<200 {
        let text = (0..<30).map { _ in
          letters[Int(random.uniform(below: UInt64(letters.count)))]
        }.joined()
        var growing = GrowingText(tokenizer: tokenizer, stops: [])
        let pieces = tokenizer.encode(text, addSpecialTokens: false).map { growing.append($0) }
        #expect(pieces.joined() + growing.rest(of: text) == text)
        #expect(!pieces.contains { $0.contains("\u{FFFD}") })
      }
    }

    @Test("bytes that never become a character are told of at the end")
    func invalidBytes() throws {
      let halves = tokenizer.encode("漢", addSpecialTokens: false)
      let first = try #require(halves.first)
      try #require(halves.count > 1)
      let all = tokenizer.encode("ab", addSpecialTokens: false) + [first]
      var growing = GrowingText(tokenizer: tokenizer, stops: [])
      let told = all.map { growing.append($0) }.joined()
      #expect(told == "ab")
      let whole = tokenizer.decode(all)
      #expect(told + growing.rest(of: whole) == whole && whole.hasSuffix("\u{FFFD}"))
    }

    @Test("a stop, its beginning and what follows it are not shown; a false beginning is")
    func stops() {
      for (text, expected) in [
        ("xyEz", "xyEz"), ("xyEND more", "xy"), ("xENyEND", "xENy"), ("ENEND", "EN"), ("xE", "xE"),
      ] {
        var growing = GrowingText(tokenizer: tokenizer, stops: ["END", "zzz"])
        var told = ""
        for token in tokenizer.encode(text, addSpecialTokens: false) {
          told += growing.append(token)
          #expect(expected.hasPrefix(told))
        }
        #expect(told + growing.rest(of: expected) == expected)
      }
    }
  }
#endif
