/// A tokenizer that ``TokenizerTrainer`` has learnt, as the two files of it will say.
public struct TrainedTokenizer: Sendable {
  /// Why no more was learnt.
  public enum End: Sendable, Hashable {
    /// The vocabulary is as large as it was to be.
    case full
    /// Every piece of the text is one token; there is no pair left.
    case noPair
    /// No pair that is left occurs as often as the recipe asks.
    case noFrequentPair
  }

  /// A merge: two tokens as the vocabulary spells them.
  public struct Merge: Sendable, Hashable {
    /// The left token.
    public let left: String
    /// The right token.
    public let right: String
  }

  /// What was asked for.
  public let recipe: TokenizerRecipe
  /// The tokens by id, as the vocabulary spells them: ` the` is `Ġthe`.
  public let tokens: [String]
  /// The merges by rank.
  public let merges: [Merge]
  /// Why no more was learnt.
  public let end: End
  /// How many bytes of text were learnt from.
  public let byteCount: Int
  /// How many tokens the tokenizer makes of the text that it has learnt from.
  public let tokenCount: Int

  /// How many bytes a token stands for on average, in the text that was learnt from; nothing
  /// without text.
  public var bytesPerToken: Double? {
    tokenCount > 0 ? Double(byteCount) / Double(tokenCount) : nil
  }

  init(
    recipe: TokenizerRecipe, vocabulary: Vocabulary, pairs: [TokenPair], end: End,
    text: PieceCounts
  ) {
    self.recipe = recipe
    let tokens = (0..<Int32(vocabulary.count)).map {
      String(decoding: vocabulary.text(of: $0) ?? [], as: UTF8.self)
    }
    self.tokens = tokens
    merges = pairs.map { Merge(left: tokens[Int($0.left)], right: tokens[Int($0.right)]) }
    self.end = end

    var table = MergeTable(count: pairs.count)
    for (rank, pair) in pairs.enumerated() {
      let merged = (vocabulary.text(of: pair.left) ?? []) + (vocabulary.text(of: pair.right) ?? [])
      guard let result = vocabulary.id(of: merged) else {
        preconditionFailure("the vocabulary lacks what \(pair) merges into")
      }
      table.insert(left: pair.left, right: pair.right, rank: rank, result: result)
    }
    let model = BytePairModel(
      vocabulary: vocabulary, merges: table, byteIDs: vocabulary.byteIDs, unknownID: nil,
      fusesUnknown: false, ignoresMerges: false)
    (byteCount, tokenCount) = Self.measure(text, with: model)
  }

  /// Counts bytes and tokens, each distinct piece encoded once.
  private static func measure(
    _ text: PieceCounts, with model: BytePairModel
  ) -> (bytes: Int, tokens: Int) {
    var (bytes, tokens) = (0, 0)
    var workspace = MergeWorkspace()
    var ids: [Int32] = []
    for piece in 0..<text.count {
      let range = text.range(of: piece)
      ids.removeAll(keepingCapacity: true)
      model.encode(text.bytes, range, &workspace, to: &ids)
      bytes += range.count * text.counts[piece]
      tokens += ids.count * text.counts[piece]
    }
    return (bytes, tokens)
  }
}
