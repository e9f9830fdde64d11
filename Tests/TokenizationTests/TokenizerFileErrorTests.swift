import Foundation
import Testing
import Tokenization

/// Files that are missing, broken, or name tokens that do not exist.
@Suite("broken tokenizer files")
struct TokenizerFileErrorTests {
  @Test("a missing tokenizer.json")
  func missing() throws {
    let error = try TokenizerErrorTests.error([:])
    #expect(error.file.hasSuffix("/tokenizer.json"))
    #expect(error.place == nil)
    #expect(
      error.message == "there is no such file; a model directory must have its tokenizer.json.")
  }

  @Test("a tokenizer.json that is a folder")
  func unreadable() throws {
    let folder = try Fixtures.folder([:])
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("tokenizer.json"), withIntermediateDirectories: false)
    let error = try #require(throws: TokenizerError.self) {
      try Tokenizer(directory: folder.path)
    }
    #expect(error.message == "the file cannot be read; check its permissions.")
  }

  @Test(
    "malformed JSON is named by line and column",
    arguments: [
      ("", "1:1: the file ends where a JSON value was expected; is it complete?"),
      ("{\n  \"a\": 1,\n", "3:1: the file ends where a field name in quotes was expected"),
      ("{\"a\": [1, 2", "1:12: the file ends where ',' or ']' was expected; is it complete?"),
      ("{\"a", "1:4: the file ends where the closing quote of a string was expected"),
      ("{\"a\": tru}", "1:7: malformed JSON: expected a JSON value, saw 't'."),
      ("{\"a\" 1}", "1:6: malformed JSON: expected ':', saw '1'."),
      ("{\"a\": 1 \"b\": 2}", "1:9: malformed JSON: expected ',' or '}', saw '\"'."),
      ("[1,]", "1:4: malformed JSON: expected a JSON value, saw ']'."),
      ("{,}", "1:2: malformed JSON: expected a field name in quotes, saw ','."),
      ("{} x", "1:4: malformed JSON: expected the end of the file, saw 'x'."),
      ("\u{FEFF}{}", "1:1: malformed JSON: expected a JSON value, saw byte 239."),
      ("[\"a\nb\"]", "1:4: a control character in a string must be escaped."),
      ("[\"\\x\"]", "1:4: malformed JSON: expected an escape, saw 'x'."),
      ("[\"\\u12g4\"]", "1:7: malformed JSON: expected four hexadecimal digits, saw 'g'."),
      ("[\"\\ud800\"]", "1:9: half of a surrogate pair stands alone."),
      ("[\"\\ud800\\u0041\"]", "1:15: half of a surrogate pair stands alone."),
      ("[\"\\udc00\\ud800\"]", "1:9: half of a surrogate pair stands alone."),
      ("[01]", "1:3: a number may not start with 0."),
      ("[-]", "1:3: malformed JSON: expected a digit, saw ']'."),
      ("[1.]", "1:4: malformed JSON: expected a digit, saw ']'."),
      ("[1e+]", "1:5: malformed JSON: expected a digit, saw ']'."),
      ("[1]", "must be an object, but is an array."),
      (String(repeating: "[", count: 70), "1:65: is nested deeper than 64 levels."),
    ])
  func malformed(text: String, message: String) throws {
    let error = try TokenizerErrorTests.error(["tokenizer.json": Data(text.utf8)])
    #expect(error.description.contains("/tokenizer.json: \(message)"))
  }

  @Test("bytes that are not UTF-8")
  func invalidUTF8() throws {
    let bytes = Data("{\"a\": \"".utf8) + [0xC3, 0x28] + Data("\"}".utf8)
    let error = try TokenizerErrorTests.error(["tokenizer.json": bytes])
    #expect(error.place == "1:8")
    #expect(error.message == "a string here is not valid UTF-8.")
  }

  @Test(
    "tokenizer_config.json and special_tokens_map.json",
    arguments: ["tokenizer_config.json", "special_tokens_map.json"])
  func specialTokens(name: String) throws {
    let tokenizer = Data(TokenizerErrorTests.text([:]).utf8)
    for (text, message) in [
      (
        "{\"eos_token\": \"</s>\"}",
        "eos_token: the token \"</s>\" is not in tokenizer.json; add it"
      ),
      ("{\"pad_token\": 3}", "pad_token: must be a string, but is the number 3."),
      ("{\"bos_token\": {}}", "bos_token: the field 'content' is missing."),
      ("{\"bos_token\": {\"content\": \"q\"}}", "bos_token.content: the token \"q\" is not in"),
      ("{", "1:2: the file ends where a field name in quotes was expected"),
    ] {
      let error = try TokenizerErrorTests.error([
        "tokenizer.json": tokenizer, name: Data(text.utf8),
      ])
      #expect(error.description.contains("/\(name): \(message)"))
    }
  }
}
