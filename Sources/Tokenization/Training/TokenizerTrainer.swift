/// Learns a byte-level byte-pair tokenizer from texts: the merges and the ids that the `BpeTrainer`
/// of `tokenizers` 0.23.3 gives, cut as GPT-2 cuts.
///
/// ```swift
/// var trainer = try TokenizerTrainer(TokenizerRecipe(vocabularySize: 1024))
/// trainer.add("How are you?")
/// let trained = trainer.train()
/// ```
///
/// As there, a special token that stands in a text is learnt from like any other text.
public struct TokenizerTrainer: Sendable {
  /// What the tokenizer is to become.
  public let recipe: TokenizerRecipe
  /// How many bytes of text there have been.
  public private(set) var byteCount = 0

  private let initial: Vocabulary
  private let classes = CharacterClasses.table
  private var counts = PieceCounts()
  private var pieces: [Range<Int>] = []

  static let cut = Cut.expression(.gpt2)

  /// A trainer that has seen no text.
  ///
  /// - Parameter recipe: What the tokenizer is to become.
  /// - Throws: ``TokenizerRecipeError`` where the vocabulary has no room for bytes and special
  ///   tokens, or two special tokens are the same.
  public init(_ recipe: TokenizerRecipe) throws(TokenizerRecipeError) {
    self.recipe = recipe
    initial = try recipe.initialVocabulary()
  }

  /// How many distinct pieces there have been: the words of which pairs are counted.
  public var distinctPieces: Int { counts.count }

  /// Takes in a text. No merge is learnt across its ends.
  ///
  /// - Parameter text: Any text.
  public mutating func add(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return }
    byteCount += bytes.count
    pieces.removeAll(keepingCapacity: true)
    Self.cut.appendPieces(of: bytes, bytes.indices, classes, to: &pieces)
    for piece in pieces { counts.add(bytes, piece) }
  }

  /// Learns the merges; see ``train(progress:)``.
  public func train() -> TrainedTokenizer { train { (_, _) throws(Never) in } }

  /// Learns the merges.
  ///
  /// It stops early where no pair is left, or none that is frequent enough; ``TrainedTokenizer/end``
  /// says so.
  ///
  /// - Parameter progress: Called before each merge with the tokens that there are beyond the
  ///   first vocabulary of bytes and special tokens, and those that there shall be. What it throws
  ///   ends the training.
  /// - Returns: The tokenizer.
  /// - Throws: What `progress` throws.
  public func train<Stop: Error>(
    progress: (_ learnt: Int, _ total: Int) throws(Stop) -> Void
  ) throws(Stop) -> TrainedTokenizer {
    let total = recipe.vocabularySize - initial.count
    var learning = MergeLearning(counts, initial)
    var end = TrainedTokenizer.End.full
    while learning.vocabulary.count < recipe.vocabularySize {
      try progress(learning.vocabulary.count - initial.count, total)
      guard learning.mergeNext(minimumFrequency: recipe.minimumFrequency) else {
        end = recipe.minimumFrequency > 1 ? .noFrequentPair : .noPair
        break
      }
    }
    return TrainedTokenizer(
      recipe: recipe, vocabulary: learning.vocabulary, pairs: learning.merges, end: end,
      text: counts)
  }
}
