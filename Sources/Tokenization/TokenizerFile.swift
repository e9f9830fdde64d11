#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The contents of a `tokenizer.json`, checked: what is in it is supported, or it is an error.
struct TokenizerFile {
  let addedTokens: [AddedToken]
  let normalizer: Normalizer?
  let preTokenizer: PreTokenizer
  let postProcessor: PostProcessor
  let decoder: TokenDecoder
  let model: BytePairModel

  /// Reads and checks the file.
  ///
  /// - Parameter path: The path of `tokenizer.json`.
  /// - Throws: `TokenizerError` that names the file, the JSON path, what is there and what may be.
  init(path: String) throws(TokenizerError) {
    let file = JSONField(root: try JSONDocument(contentsOf: path))
    try file.allowOnly(
      "version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer",
      "post_processor", "decoder", "model")
    if let version = try file.optional("version"), try version.string() != "1.0" {
      throw version.mismatch("\"1.0\"")
    }
    try Self.checkLengths(file)
    let tokenFields = try file.optional("added_tokens")?.elements() ?? []
    var addedTokens: [AddedToken] = []
    for field in tokenFields { addedTokens.append(try AddedToken(field)) }
    self.addedTokens = addedTokens
    if let field = try file.optional("normalizer") {
      normalizer = try Normalizer(field)
    } else {
      normalizer = nil
    }
    preTokenizer = try PreTokenizer(file.required("pre_tokenizer"))
    if let field = try file.optional("post_processor") {
      postProcessor = try PostProcessor(field)
    } else {
      postProcessor = PostProcessor()
    }
    if let field = try file.optional("decoder") {
      decoder = try TokenDecoder(field)
    } else {
      decoder = .spaced
    }
    model = try BytePairModel(file.required("model"))
    try Self.checkIDs(addedTokens, tokenFields, model.vocabulary)
  }

  /// Refuses truncation, and padding that would change a single text.
  ///
  /// `tokenizers` would obey both; `transformers` ignores both. Neither silently is right here.
  private static func checkLengths(_ file: JSONField) throws(TokenizerError) {
    if let truncation = try file.optional("truncation") {
      throw truncation.error(
        "a tokenizer that truncates is not supported; set it to null and give the training run "
          + "its max_length.")
    }
    guard let padding = try file.optional("padding") else { return }
    let strategy = try padding.required("strategy")
    guard strategy.isText, try strategy.string() == "BatchLongest",
      try padding.optional("pad_to_multiple_of") == nil
    else {
      throw padding.error(
        "a tokenizer that pads every text is not supported; set it to null: batches are packed "
          + "without padding.")
    }
  }

  /// Checks that added tokens have the ids that `tokenizers` would give them.
  ///
  /// It keeps the id of a token that the vocabulary has, and numbers the others from the end of the
  /// vocabulary on, whatever the file says.
  private static func checkIDs(
    _ tokens: [AddedToken], _ fields: [JSONField], _ vocabulary: Vocabulary
  ) throws(TokenizerError) {
    var seen: Set<String> = []
    var next = Int32(vocabulary.count)
    for (token, field) in zip(tokens, fields) {
      let content = try field.required("content")
      if token.content.isEmpty { throw content.error("must not be empty.") }
      if !seen.insert(token.content).inserted {
        throw content.error("the token \"\(token.content)\" is listed twice.")
      }
      let known = vocabulary.id(of: Array(token.content.utf8))
      let expected = known ?? next
      if token.id != expected {
        throw try field.required("id").error(
          "the token \"\(token.content)\" says id \(token.id), but its place gives it "
            + "\(expected): added tokens keep their id in the vocabulary, or follow its end in order."
        )
      }
      if known == nil, let other = vocabulary.text(of: token.id) {
        throw try field.required("id").error(
          "id \(token.id) already belongs to \"\(String(decoding: other, as: UTF8.self))\".")
      }
      next = max(next, token.id + 1)
    }
  }
}

extension JSONDocument {
  /// Reads and parses a JSON file.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: `TokenizerError` when it is missing, unreadable or malformed.
  convenience init(contentsOf path: String) throws(TokenizerError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw TokenizerError(
        file: path,
        message: "there is no such file; a model directory must have its tokenizer.json.")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw TokenizerError(file: path, message: "the file cannot be read; check its permissions.")
    }
    try self.init(bytes: [UInt8](data), file: path)
  }
}
