extension BytePairModel {
  /// Reads a `model`.
  ///
  /// - Parameter field: The JSON object.
  /// - Throws: `TokenizerError` for another model than BPE, an option that is not supported, or
  ///   vocabulary and merges that do not fit together.
  init(_ field: JSONField) throws(TokenizerError) {
    // Files as old as GPT-2's have no type.
    if let type = try field.optional("type"), try type.string() != "BPE" {
      throw type.error(
        "the model \(try type.string()) is not supported; supported is BPE (GPT-2, Llama 3, "
          + "Qwen, SmolLM).")
    }
    try field.allowOnly(
      "type", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix",
      "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges")
    if let dropout = try field.optional("dropout"), !dropout.isZero {
      throw dropout.mismatch("null: ids are not drawn at random")
    }
    for name in ["continuing_subword_prefix", "end_of_word_suffix"] {
      if let affix = try field.optional(name), try !affix.string().isEmpty {
        throw affix.mismatch("null or empty in a byte-level model")
      }
    }
    if let fallback = try field.optional("byte_fallback"), try fallback.boolean() {
      throw fallback.error(
        "byte_fallback is not supported; only byte-level models (GPT-2, Llama 3, Qwen, SmolLM) are."
      )
    }

    let vocabulary = try Self.vocabulary(field.required("vocab"))
    self.vocabulary = vocabulary
    merges = try Self.merges(field.required("merges"), vocabulary)
    byteIDs = ByteAlphabet.characters.map { character in
      var token: [UInt8] = []
      token.appendUTF8(of: character)
      return vocabulary.id(of: token) ?? -1
    }
    if let unknown = try field.optional("unk_token") {
      guard let id = vocabulary.id(of: Array(try unknown.string().utf8)) else {
        throw unknown.error("the unknown token \(try unknown.string()) is not in the vocabulary.")
      }
      unknownID = id
    } else {
      unknownID = nil
    }
    fusesUnknown = try field.optional("fuse_unk")?.boolean() ?? false
    ignoresMerges = try field.optional("ignore_merges")?.boolean() ?? false
  }

  /// Reads `{"token": id, …}` without a Swift value for each.
  private static func vocabulary(_ field: JSONField) throws(TokenizerError) -> Vocabulary {
    let document = field.document
    guard field.isObject else { throw field.mismatch("an object") }
    let end = document.following(field.node)
    var vocabulary = Vocabulary(minimumCapacity: (end - field.node) / 2)
    var token: [UInt8] = []
    var node = field.node + 1
    while node < end {
      token.removeAll(keepingCapacity: true)
      document.appendText(of: node, to: &token)
      guard let id = document.integer(of: node + 1), id >= 0, id <= Vocabulary.largestID else {
        throw field.error(
          "the token \"\(document.text(of: node))\" must have an id from 0 to "
            + "\(Vocabulary.largestID).")
      }
      guard vocabulary.insert(token, id: Int32(id)) else {
        throw field.error(
          "the token \"\(document.text(of: node))\" or its id \(id) comes twice.")
      }
      node = document.following(node + 1)
    }
    return vocabulary
  }

  /// Reads merges in both spellings: `"a b"` and `["a", "b"]`.
  private static func merges(
    _ field: JSONField, _ vocabulary: Vocabulary
  ) throws(TokenizerError) -> MergeTable {
    let document = field.document
    guard document.nodes[field.node].kind == .array else { throw field.mismatch("an array") }
    let end = document.following(field.node)
    var merges = MergeTable(count: end - field.node)
    var text: [UInt8] = []
    var node = field.node + 1
    var index = 0
    while node < end {
      defer {
        node = document.following(node)
        index += 1
      }
      text.removeAll(keepingCapacity: true)
      let split = appendMerge(document, node, to: &text)
      if text.starts(with: "#version".utf8) { continue }
      guard let split else {
        throw TokenizerError(
          file: document.file, place: "\(field.path)[\(index)]",
          message: "must be two tokens, as \"a b\" or [\"a\", \"b\"].")
      }
      let parts = (text[..<split], text[split...], text[...])
      let (left, right) = (vocabulary.id(of: parts.0), vocabulary.id(of: parts.1))
      let result = vocabulary.id(of: parts.2)
      guard let left, let right, let result else {
        let missing = left == nil ? parts.0 : right == nil ? parts.1 : parts.2
        throw TokenizerError(
          file: document.file, place: "\(field.path)[\(index)]",
          message: "the token \"\(String(decoding: missing, as: UTF8.self))\" is not in the "
            + "vocabulary.")
      }
      merges.insert(left: left, right: right, rank: index, result: result)
    }
    return merges
  }

  /// Appends the two tokens of a merge, one after the other.
  ///
  /// - Returns: Where the second begins; nil when there are not exactly two.
  private static func appendMerge(
    _ document: JSONDocument, _ node: Int, to text: inout [UInt8]
  ) -> Int? {
    switch document.nodes[node].kind {
    case .string, .escapedString:
      document.appendText(of: node, to: &text)
      guard let split = text.firstIndex(of: UInt8(ascii: " ")) else { return nil }
      text.remove(at: split)
      return text.contains(UInt8(ascii: " ")) ? nil : split
    case .array:
      let isPair = document.isText(node + 1) && document.isText(node + 2)
      guard document.following(node) == node + 3, isPair else { return nil }
      document.appendText(of: node + 1, to: &text)
      let split = text.count
      document.appendText(of: node + 2, to: &text)
      return split
    default:
      return nil
    }
  }
}
