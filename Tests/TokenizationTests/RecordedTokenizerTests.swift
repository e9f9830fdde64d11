import Foundation
import Testing
import Tokenization

/// The library's own answers, recorded: every style, normalizer, flag and cut that is supported.
@Suite("recorded from tokenizers 0.23.3")
struct RecordedTokenizerTests {
  @Test("ids are identical", arguments: Fixtures.styles)
  func ids(style: String) throws {
    let tokenizer = try Tokenizer(directory: Fixtures.directory(style))
    let rows = try Fixtures.rows(style)
    #expect(rows.count > 140)
    for row in rows {
      #expect(tokenizer.encode(row.text) == row.ids, "\(row.text.debugDescription)")
      #expect(
        tokenizer.encode(row.text, addSpecialTokens: false) == row.plain,
        "\(row.text.debugDescription)")
    }
  }

  @Test("ids do not depend on what was encoded before", arguments: Fixtures.styles)
  func secondPass(style: String) throws {
    let tokenizer = try Tokenizer(directory: Fixtures.directory(style))
    let rows = try Fixtures.rows(style)
    for row in rows { _ = tokenizer.encode(row.text) }
    for row in rows.reversed() { #expect(tokenizer.encode(row.text) == row.ids) }
  }

  @Test("decoded text is identical", arguments: Fixtures.styles)
  func decoding(style: String) throws {
    let tokenizer = try Tokenizer(directory: Fixtures.directory(style))
    for row in try Fixtures.rows(style) {
      #expect(tokenizer.decode(row.ids) == row.decoded)
      #expect(tokenizer.decode(row.ids, skipSpecialTokens: true) == row.skipped)
    }
  }

  /// A spelling, the style with whose recorded ids it must agree, and what it replaces there.
  static let spellings: [(pattern: String, style: String)] = [
    (
      #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#, "gpt2"
    ),
    (
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}"#
        + #"| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"#, "llama3"
    ),
    (
      #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}"#
        + #"| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"#, "llama3"
    ),
  ]

  @Test("other spellings of an expression cut alike", arguments: spellings)
  func spelling(pattern: String, style: String) throws {
    let url = URL(fileURLWithPath: Fixtures.directory(style) + "/tokenizer.json")
    var file = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    file["pre_tokenizer"] = [
      "type": "Sequence",
      "pretokenizers": [
        [
          "type": "Split", "pattern": ["Regex": pattern], "behavior": "Removed", "invert": true,
        ] as [String: Any],
        ["type": "ByteLevel", "add_prefix_space": false, "use_regex": false],
      ],
    ]
    let folder = try Fixtures.folder([
      "tokenizer.json": try JSONSerialization.data(withJSONObject: file)
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let tokenizer = try Tokenizer(directory: folder.path)
    for row in try Fixtures.rows(style) { #expect(tokenizer.encode(row.text) == row.ids) }
  }

  @Test("several tasks encode with one tokenizer")
  func concurrency() async throws {
    let tokenizer = try Tokenizer(directory: Fixtures.directory("llama3"))
    let rows = try Fixtures.rows("llama3")
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask { rows.allSatisfy { tokenizer.encode($0.text) == $0.ids } }
      }
      for await areEqual in group { #expect(areEqual) }
    }
  }
}
