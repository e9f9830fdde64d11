import Foundation
import Testing
import Tokenization

/// Every way in which a tokenizer's files can be refused, with the sentence that says so.
@Suite("errors of tokenizer files")
struct TokenizerErrorTests {
  /// A small valid file with some of its fields replaced, and a part of the error that must come.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let fields: [String: String]
    let message: String

    init(_ fields: [String: String], _ message: String) {
      self.fields = fields
      self.message = message
    }

    var testDescription: String { message }
  }

  static let byteLevel =
    #"{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}"#

  static let valid = [
    "version": #""1.0""#,
    "added_tokens": "[]",
    "pre_tokenizer": byteLevel,
    "model": #"{"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}"#,
  ]

  static func text(_ fields: [String: String]) -> String {
    let all = valid.merging(fields) { $1 }.filter { !$0.value.isEmpty }
    return "{" + all.map { "\"\($0)\": \($1)" }.sorted().joined(separator: ",\n") + "}"
  }

  /// The error of opening a folder with these files.
  static func error(_ files: [String: Data]) throws -> TokenizerError {
    let folder = try Fixtures.folder(files)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try #require(throws: TokenizerError.self) { try Tokenizer(directory: folder.path) }
  }

  @Test("the small file itself is accepted")
  func accepted() throws {
    let folder = try Fixtures.folder([
      "tokenizer.json": Data(
        Self.text([
          "padding": #"{"strategy": "BatchLongest", "pad_to_multiple_of": null, "pad_id": 0}"#,
          "truncation": "null",
          "model": #"""
          {"vocab": {"\u0061": 0, "b": 1, "a\u0062": 2, "\ud83d\ude00\/\"": 7},
           "merges": ["#version: 0.2", ["a", "b"]], "dropout": 0.0}
          """#,
        ]).utf8)
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let tokenizer = try Tokenizer(directory: folder.path)
    #expect(tokenizer.encode("abc ab") == [2, 2])
    #expect(tokenizer.decode([2, 2]) == "ab ab")
    #expect(tokenizer.token(for: 7) == "\u{1F600}/\"")
    #expect(tokenizer.vocabularySize == 4)
  }

  @Test("fields that are not supported are named", arguments: refusals)
  func refused(refusal: Refusal) throws {
    let error = try Self.error(["tokenizer.json": Data(Self.text(refusal.fields).utf8)])
    #expect(error.description.contains("/tokenizer.json: \(refusal.message)"))
  }

  static let refusals: [Refusal] = [
    .init(["extra": "1"], "extra: unknown field; known are version, truncation,"),
    .init(["version": #""2.0""#], "version: must be \"1.0\", but is the string \"2.0\"."),
    .init(["truncation": #"{"max_length": 8}"#], "truncation: a tokenizer that truncates is not"),
    .init(["padding": #"{"strategy": {"Fixed": 9}}"#], "padding: a tokenizer that pads every text"),
    .init(
      ["padding": #"{"strategy": "BatchLongest", "pad_to_multiple_of": 8}"#],
      "padding: a tokenizer that pads every text is not supported; set it to null"),
    .init(["pre_tokenizer": "null"], "pre_tokenizer: must be an object, but is null."),
    .init(["pre_tokenizer": ""], "the field 'pre_tokenizer' is missing."),
    .init(["model": ""], "the field 'model' is missing."),
  ]

  @Test("added tokens", arguments: addedTokenRefusals)
  func addedTokens(refusal: Refusal) throws { try refused(refusal: refusal) }

  static func added(_ id: String, _ content: String, _ more: String = "") -> String {
    """
    {"id": \(id), "content": \(content), "single_word": false, "lstrip": false, "rstrip": false,
     "normalized": true, "special": false\(more)}
    """
  }

  static let addedTokenRefusals: [Refusal] = [
    .init(["added_tokens": "{}"], "added_tokens: must be an array, but is an object."),
    .init(["added_tokens": "[7]"], "added_tokens[0]: must be an object, but is the number 7."),
    .init(["added_tokens": #"[{"id": 3}]"#], "added_tokens[0]: the field 'content' is missing."),
    .init(
      ["added_tokens": "[" + added("3", "\"x\"", #", "mask": true"#) + "]"],
      "added_tokens[0].mask: unknown field; known are id, content, single_word,"),
    .init(
      ["added_tokens": "[" + added("-1", "\"x\"") + "]"],
      "added_tokens[0].id: must be a token id from 0 to 16777215, but is the number -1."),
    .init(
      ["added_tokens": "[" + added("3", "false") + "]"],
      "added_tokens[0].content: must be a string, but is false."),
    .init(
      ["added_tokens": "[" + added("3", "\"\"") + "]"],
      "added_tokens[0].content: must not be empty."),
    .init(
      ["added_tokens": "[" + added("3", "\"x\"") + "," + added("3", "\"x\"") + "]"],
      "added_tokens[1].content: the token \"x\" is listed twice."),
    .init(
      ["added_tokens": "[" + added("9", "\"x\"") + "]"],
      "added_tokens[0].id: the token \"x\" says id 9, but its place gives it 3: added tokens"),
    .init(
      ["added_tokens": "[" + added("4", "\"ab\"") + "]"],
      "added_tokens[0].id: the token \"ab\" says id 4, but its place gives it 2: added tokens"),
    .init(
      [
        "added_tokens": "[" + added("1", "\"x\"") + "]",
        "model": #"{"type": "BPE", "vocab": {"b": 1}, "merges": []}"#,
      ], "added_tokens[0].id: id 1 already belongs to \"b\"."),
    .init(
      [
        "added_tokens": "[" + added("3", "\"x\"") + "]",
        "normalizer": #"{"type": "Replace", "pattern": {"String": "x"}, "content": ""}"#,
      ], "added_tokens: the normalizer leaves nothing of the normalized token \"x\"."),
  ]

  @Test("normalizers, processors and decoders", arguments: stepRefusals)
  func steps(refusal: Refusal) throws { try refused(refusal: refusal) }

  static let stepRefusals: [Refusal] = [
    .init(
      ["normalizer": #"{"type": "BertNormalizer"}"#],
      "normalizer.type: the normalizer BertNormalizer is not supported; supported are NFC,"),
    .init(
      ["normalizer": #"{"type": "Sequence", "normalizers": [{"type": "NFC", "form": 1}]}"#],
      "normalizer.normalizers[0].form: unknown field; known are type."),
    .init(
      ["normalizer": #"{"type": "Replace", "pattern": {"Regex": "x+"}, "content": "y"}"#],
      "normalizer.pattern: a normalizer replaces literals alone"),
    .init(
      ["normalizer": #"{"type": "Replace", "pattern": {"String": ""}, "content": "y"}"#],
      "normalizer.pattern.String: must not be empty."),
    .init(["normalizer": "{}"], "normalizer: the field 'type' is missing."),
    .init(
      ["normalizer": #"{"type": 3}"#], "normalizer.type: must be a string, but is the number 3"),
    .init(
      ["post_processor": #"{"type": "RobertaProcessing"}"#],
      "post_processor.type: the post-processor RobertaProcessing is not supported; supported are"),
    .init(
      ["post_processor": template(#"{"Sequence": {"id": "B", "type_id": 0}}"#)],
      "post_processor.single[0].Sequence.id: a template for one text must have the sequence A"),
    .init(
      ["post_processor": template(#"{"SpecialToken": {"id": "<s>", "type_id": 0}}"#)],
      "post_processor.single[0].SpecialToken.id: the token <s> is not among special_tokens."),
    .init(
      ["post_processor": template("")],
      "post_processor.single: has no place for the text (sequence A)."),
    .init(
      [
        "post_processor": #"{"type": "Sequence", "processors": ["#
          + template(#"{"Sequence": {"id": "A"}}"#) + ","
          + template(#"{"Sequence": {"id": "A"}}"#) + "]}"
      ], "post_processor.processors[1]: a second TemplateProcessing is not supported."),
    .init(
      ["decoder": #"{"type": "Metaspace"}"#],
      "decoder.type: the decoder Metaspace is not supported; supported are ByteLevel and Sequence"),
  ]

  static func template(_ single: String) -> String {
    #"{"type": "TemplateProcessing", "single": ["# + single
      + #"], "pair": [], "special_tokens": {}}"#
  }

  @Test("pre-tokenizers", arguments: cutRefusals)
  func cuts(refusal: Refusal) throws { try refused(refusal: refusal) }

  static func split(_ pattern: String, _ behavior: String, invert: String = "false") -> String {
    #"{"type": "Split", "pattern": "# + pattern + #", "behavior": ""# + behavior
      + #"", "invert": "# + invert + "}"
  }

  static let cutRefusals: [Refusal] = [
    .init(
      ["pre_tokenizer": #"{"type": "Metaspace"}"#],
      "pre_tokenizer.type: the pre-tokenizer Metaspace is not supported; supported are ByteLevel,"),
    .init(
      ["pre_tokenizer": #"{"type": "Digits", "individual_digits": true}"#],
      "pre_tokenizer: has no ByteLevel; only byte-level tokenizers"),
    .init(
      ["pre_tokenizer": #"{"type": "Sequence", "pretokenizers": [\#(byteLevel), \#(byteLevel)]}"#],
      "pre_tokenizer.pretokenizers[1]: ByteLevel must come last"),
    .init(
      ["pre_tokenizer": #"{"type": "ByteLevel", "add_prefix_space": 1}"#],
      "pre_tokenizer.add_prefix_space: must be true or false, but is the number 1."),
    .init(
      ["pre_tokenizer": split(#"{"Regex": "\\d+"}"#, "Isolated")],
      "pre_tokenizer.pattern.Regex: this regular expression is not one of the published ones"),
    .init(
      ["pre_tokenizer": split(#"{"String": ""}"#, "Isolated")],
      "pre_tokenizer.pattern.String: must not be empty."),
    .init(
      ["pre_tokenizer": split("{}", "Isolated")],
      #"pre_tokenizer.pattern: must be {"Regex": …} or {"String": …}."#),
    .init(
      ["pre_tokenizer": split(#"{"String": "x"}"#, "Sideways")],
      "pre_tokenizer.behavior: must be one of Removed, Isolated, MergedWithPrevious, "
        + "MergedWithNext, Contiguous, but is the string \"Sideways\"."),
    .init(
      [
        "pre_tokenizer": split(
          #"{"Regex": "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"}"#,
          "Removed")
      ], "pre_tokenizer.behavior: Removed without invert would remove the whole text."),
  ]

  @Test("models", arguments: modelRefusals)
  func models(refusal: Refusal) throws { try refused(refusal: refusal) }

  static func model(_ more: String, vocab: String = #"{"a": 0}"#, merges: String = "[]") -> String {
    "{\(more)\"vocab\": \(vocab), \"merges\": \(merges)}"
  }

  static let modelRefusals: [Refusal] = [
    .init(["model": model(#""type": "WordPiece", "#)], "model.type: the model WordPiece is not"),
    .init(["model": model(#""dropout": 0.1, "#)], "model.dropout: must be null: ids are not drawn"),
    .init(
      ["model": model(#""end_of_word_suffix": "</w>", "#)],
      "model.end_of_word_suffix: must be null or empty in a byte-level model, but is the string"),
    .init(
      ["model": model(#""continuing_subword_prefix": "@@", "#)],
      "model.continuing_subword_prefix: must be null or empty in a byte-level model"),
    .init(
      ["model": model(#""byte_fallback": true, "#)], "model.byte_fallback: byte_fallback is not"),
    .init(
      ["model": model(#""cache": 1, "#)], "model.cache: unknown field; known are type, dropout,"),
    .init(
      ["model": model(#""unk_token": "<unk>", "#)],
      "model.unk_token: the unknown token <unk> is not in the vocabulary."),
    .init(["model": model("", vocab: "[]")], "model.vocab: must be an object, but is an array."),
    .init(
      ["model": model("", vocab: #"{"a": 1.5}"#)],
      "model.vocab: the token \"a\" must have an id from 0 to 16777215."),
    .init(
      ["model": model("", vocab: #"{"a": 99999999999999999999}"#)],
      "model.vocab: the token \"a\" must have an id from 0 to 16777215."),
    .init(
      ["model": model("", vocab: #"{"a": 0, "b": 0}"#)],
      "model.vocab: the token \"b\" or its id 0 comes twice."),
    .init(["model": model("", merges: "{}")], "model.merges: must be an array, but is an object."),
    .init(
      ["model": model("", merges: #"["a"]"#)], "model.merges[0]: must be two tokens, as \"a b\""),
    .init(["model": model("", merges: #"["a a a"]"#)], "model.merges[0]: must be two tokens"),
    .init(["model": model("", merges: #"[["a"]]"#)], "model.merges[0]: must be two tokens"),
    .init(["model": model("", merges: #"[["a", 1]]"#)], "model.merges[0]: must be two tokens"),
    .init(["model": model("", merges: "[null]")], "model.merges[0]: must be two tokens"),
    .init(["model": model("", merges: #"["x a"]"#)], "model.merges[0]: the token \"x\" is not in"),
    .init(["model": model("", merges: #"["a x"]"#)], "model.merges[0]: the token \"x\" is not in"),
    .init(["model": model("", merges: #"["a a"]"#)], "model.merges[0]: the token \"aa\" is not in"),
  ]
}
