import Synchronization

/// A byte-level byte-pair tokenizer as `tokenizer.json` describes it, with the ids that the
/// `tokenizers` library gives.
///
/// ```swift
/// let tokenizer = try Tokenizer(directory: "models/SmolLM2-135M")
/// let ids = tokenizer.encode("Hello there")
/// let text = tokenizer.decode(ids)
/// ```
///
/// A text goes through: added tokens that are matched as they are; the normalizer; added tokens that
/// are matched in normalized text; the cuts of the pre-tokenizer; the pair merges of each piece; and
/// the tokens that the post-processor puts around. Several threads may encode at once.
public final class Tokenizer: Sendable {
  /// The id with which a sequence begins, where the model's files name one.
  ///
  /// `encode` adds it only if the post-processor of `tokenizer.json` says so.
  public let beginningOfSequence: Int32?
  /// The id with which a sequence ends, where the model's files name one.
  public let endOfSequence: Int32?
  /// The id that fills up short sequences, where the model's files name one.
  public let padding: Int32?
  /// How many tokens there are, with the added ones.
  public let vocabularySize: Int

  private let normalizer: Normalizer?
  private let preTokenizer: PreTokenizer
  private let postProcessor: PostProcessor
  private let decoder: TokenDecoder
  private let model: BytePairModel
  private let addedTokens: Vocabulary
  /// What decoding takes for an added token, where that is not its content.
  private let rewrittenTexts: [Int32: ArraySlice<UInt8>]
  /// The added tokens that decoding can leave out.
  private let specialIDs: Set<Int32>
  private let plainMatcher: AddedTokenMatcher
  private let normalizedMatcher: AddedTokenMatcher
  private let classes = CharacterClasses.table
  /// Workspaces that no call is using.
  private let workspaces = Mutex<[EncodingWorkspace]>([])

  /// Opens the tokenizer of a model directory.
  ///
  /// - Parameter directory: A folder with `tokenizer.json`; `tokenizer_config.json` and
  ///   `special_tokens_map.json` are read where they are.
  /// - Throws: `TokenizerError` when a file is missing or malformed, or asks for something that is
  ///   not supported.
  public init(directory: String) throws(TokenizerError) {
    let file = try TokenizerFile(path: directory + "/tokenizer.json")
    normalizer = file.normalizer
    preTokenizer = file.preTokenizer
    postProcessor = file.postProcessor
    decoder = file.decoder
    model = file.model

    var added = Vocabulary(minimumCapacity: file.addedTokens.count)
    for token in file.addedTokens { _ = added.insert(Array(token.content.utf8), id: token.id) }
    addedTokens = added
    vocabularySize =
      model.vocabulary.count
      + file.addedTokens.count { file.model.vocabulary.text(of: $0.id) == nil }

    // Special tokens are looked for before others, which decides between equal normalized contents.
    let ordered = file.addedTokens.filter(\.isSpecial) + file.addedTokens.filter { !$0.isSpecial }
    let specialContents = Set(file.addedTokens.filter(\.isSpecial).map { Array($0.content.utf8) })
    var plain: [(token: AddedToken, content: [UInt8])] = []
    var normalized: [(token: AddedToken, content: [UInt8])] = []
    var rewrittenTexts: [Int32: ArraySlice<UInt8>] = [:]
    var specialIDs: Set<Int32> = []
    for token in ordered {
      let content = Array(token.content.utf8)
      let text = token.isNormalized ? file.normalizer?.normalize(content) ?? content : content
      if text.isEmpty {
        throw TokenizerError(
          file: directory + "/tokenizer.json", place: "added_tokens",
          message: "the normalizer leaves nothing of the normalized token \"\(token.content)\".")
      }
      if token.isNormalized {
        normalized.append((token, text))
      } else {
        plain.append((token, text))
      }
      // As in tokenizers: what is decoded, and asked whether it is special, is the rewritten text.
      if text != content { rewrittenTexts[token.id] = text[...] }
      if specialContents.contains(text) { specialIDs.insert(token.id) }
    }
    plainMatcher = AddedTokenMatcher(plain)
    normalizedMatcher = AddedTokenMatcher(normalized)
    self.rewrittenTexts = rewrittenTexts
    self.specialIDs = specialIDs

    let names = try SpecialTokenNames(directory: directory)
    let vocabulary = model.vocabulary
    func id(_ name: SpecialTokenNames.Name?) throws(TokenizerError) -> Int32? {
      guard let name else { return nil }
      let text = Array(name.content.utf8)
      guard let id = added.id(of: text) ?? vocabulary.id(of: text) else {
        throw name.field.error(
          "the token \"\(name.content)\" is not in tokenizer.json; add it to added_tokens there, "
            + "or name one that is.")
      }
      return id
    }
    beginningOfSequence = try id(names.beginningOfSequence)
    endOfSequence = try id(names.endOfSequence)
    padding = try id(names.padding)
  }

  /// The token ids of a text.
  ///
  /// - Parameters:
  ///   - text: Any text; special tokens in it are recognized.
  ///   - addSpecialTokens: Whether the post-processor's tokens are put around it.
  /// - Returns: Ids below the vocabulary's largest; none for an empty text without special tokens.
  public func encode(_ text: String, addSpecialTokens: Bool = true) -> [Int32] {
    let bytes = Array(text.utf8)
    var ids: [Int32] = []
    ids.reserveCapacity(bytes.count / 3 + 8)
    var workspace = workspaces.withLock { $0.popLast() } ?? EncodingWorkspace()
    if addSpecialTokens { ids += postProcessor.prefix }
    for (range, token) in plainMatcher.stretches(of: bytes) {
      if let token {
        ids.append(token)
      } else if range.count == bytes.count {
        encodePlain(bytes, &workspace, to: &ids)
      } else {
        encodePlain(Array(bytes[range]), &workspace, to: &ids)
      }
    }
    if addSpecialTokens { ids += postProcessor.suffix }
    workspaces.withLock { $0.append(workspace) }
    return ids
  }

  /// The text of token ids. Unknown ids are passed over; bytes that are not UTF-8 become U+FFFD.
  ///
  /// - Parameters:
  ///   - ids: Token ids.
  ///   - skipSpecialTokens: Whether special tokens are left out.
  /// - Returns: The text, which is the encoded one if no normalizer has changed it.
  public func decode(_ ids: some Sequence<Int32>, skipSpecialTokens: Bool = false) -> String {
    decoder.decode(
      ids.lazy.compactMap { id in
        if skipSpecialTokens, self.specialIDs.contains(id) { return nil }
        return self.rewrittenTexts[id] ?? self.text(of: id)
      })
  }

  /// The bytes of one token's text, which may be part of a character only.
  ///
  /// - Parameter id: A token id.
  /// - Returns: The bytes; none for an unknown id.
  public func bytes(of id: Int32) -> [UInt8] {
    decoder.bytes(of: [rewrittenTexts[id] ?? text(of: id)].lazy.compactMap(\.self))
  }

  /// The text of a token as the vocabulary spells it: ` the` is `Ġthe`.
  public func token(for id: Int32) -> String? {
    text(of: id).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The id of a token, by its text as the vocabulary spells it.
  public func id(for token: String) -> Int32? {
    let text = Array(token.utf8)
    return addedTokens.id(of: text) ?? model.vocabulary.id(of: text)
  }

  func text(of id: Int32) -> ArraySlice<UInt8>? {
    addedTokens.text(of: id) ?? model.vocabulary.text(of: id)
  }

  /// Encodes text in which all plain added tokens have been found.
  private func encodePlain(
    _ text: [UInt8], _ workspace: inout EncodingWorkspace, to ids: inout [Int32]
  ) {
    let normalized = normalizer?.normalize(text) ?? text
    for (range, token) in normalizedMatcher.stretches(of: normalized) {
      if let token {
        ids.append(token)
      } else {
        encodeNormalized(normalized, range, &workspace, to: &ids)
      }
    }
  }

  /// Cuts and encodes normalized text without added tokens.
  private func encodeNormalized(
    _ text: [UInt8], _ range: Range<Int>, _ workspace: inout EncodingWorkspace,
    to ids: inout [Int32]
  ) {
    workspace.pieces.removeAll(keepingCapacity: true)
    workspace.pieces.append(range)
    for cut in preTokenizer.cuts { workspace.cutPieces(with: cut, of: text, classes) }
    guard preTokenizer.addsPrefixSpace else {
      workspace.cutPieces(with: preTokenizer.byteLevelCut, of: text, classes)
      encodePieces(text, &workspace, to: &ids)
      return
    }
    for piece in workspace.pieces {
      var spaced: [UInt8] = []
      if text[piece.lowerBound] != UInt8(ascii: " ") { spaced.append(UInt8(ascii: " ")) }
      spaced += text[piece]
      workspace.pieces.removeAll(keepingCapacity: true)
      workspace.pieces.append(spaced.indices)
      workspace.cutPieces(with: preTokenizer.byteLevelCut, of: spaced, classes)
      encodePieces(spaced, &workspace, to: &ids)
    }
  }

  private func encodePieces(
    _ text: [UInt8], _ workspace: inout EncodingWorkspace, to ids: inout [Int32]
  ) {
    for index in workspace.pieces.indices {
      let piece = workspace.pieces[index]
      let key = PieceCache.key(text, piece)
      if workspace.cache.append(text, piece, key, to: &ids) { continue }
      let start = ids.count
      model.encode(text, piece, &workspace.merging, to: &ids)
      workspace.cache.insert(text, piece, key, tokens: ids[start...])
    }
  }
}
