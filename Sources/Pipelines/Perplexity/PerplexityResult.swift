internal import Evaluations
public import PreferenceData

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How well a language model predicts texts.
public struct PerplexityResult: Sendable, Hashable, Codable {
  /// The model directory.
  public var model: String
  /// The data files.
  public var data: [String]
  /// What the draws of the bootstrap depend on.
  public var seed: UInt64
  /// Whether texts begin and end with an end-of-sequence token that counts.
  public var isFromEndOfSequence: Bool
  /// All documents.
  public var overall: PerplexityMeasure
  /// The documents by kind, where there are several.
  public var kinds: [PerplexityMeasure]
  /// Rows that were left out, by reason.
  public var dropped: [String: Int]
  /// Another model on the same texts, where one was given.
  public var base: PerplexityBase?

  /// Measures documents by kind and together.
  ///
  /// - Parameters:
  ///   - model: The model directory.
  ///   - data: The data files.
  ///   - kinds: The documents by kind.
  ///   - dropped: The rows that were left out.
  ///   - seed: What the draws of the bootstrap depend on.
  ///   - isFromEndOfSequence: Whether texts stand between two end-of-sequence tokens.
  /// - Throws: ``PipelineError/nothingToPredict(paths:)``.
  public init(
    model: String, data: [String], kinds: [(kind: String, documents: [ScoredDocument])],
    dropped: DroppedRows = DroppedRows(), seed: UInt64, isFromEndOfSequence: Bool
  ) throws(PipelineError) {
    guard let overall = PerplexityMeasure("all", kinds.flatMap(\.documents), seed: seed) else {
      throw .nothingToPredict(paths: data)
    }
    self.model = model
    self.data = data
    self.seed = seed
    self.isFromEndOfSequence = isFromEndOfSequence
    self.overall = overall
    self.kinds =
      kinds.count > 1
      ? kinds.compactMap { PerplexityMeasure($0.kind, $0.documents, seed: seed) } : []
    self.dropped = Dictionary(
      uniqueKeysWithValues: dropped.reasons.map { ("\($0)", dropped[$0]) })
  }
}

/// How well a language model predicts some documents.
///
/// Sums over all tokens are divided, not means of documents averaged: a long document counts for more.
public struct PerplexityMeasure: Sendable, Hashable, Codable {
  /// What the documents are.
  public var name: String
  /// How many there are.
  public var documents: Int
  /// How many tokens were predicted.
  public var tokens: Int
  /// −log p in nats a token.
  public var natsPerToken: Double
  /// The interval of ``natsPerToken``, documents drawn with replacement: its lower end.
  public var natsPerTokenLower: Double
  /// The interval of ``natsPerToken``: its upper end.
  public var natsPerTokenUpper: Double
  /// −log₂ p a byte of UTF-8; `nil` where no bytes were predicted.
  public var bitsPerByte: Double?
  /// −log p in nats a Unicode scalar.
  public var natsPerCharacter: Double?
  /// The interval of ``natsPerCharacter``: its lower end.
  public var natsPerCharacterLower: Double?
  /// The interval of ``natsPerCharacter``: its upper end.
  public var natsPerCharacterUpper: Double?
  /// Beside what has generated the texts, where every row says how probable it was.
  public var generator: Generator?

  /// The cross-entropy beside the entropy of what has generated the texts.
  public struct Generator: Sendable, Hashable, Codable {
    /// −log p in nats a character by the generator.
    public var natsPerCharacter: Double
    /// The model's nats by the generator's, less 1.
    public var excess: Double
    /// The interval of ``excess``, documents drawn with replacement: its lower end.
    public var excessLower: Double
    /// The interval of ``excess``: its upper end.
    public var excessUpper: Double
    /// Model's less generator's nats a document, in standard errors of their mean: far below 0, the
    /// model knows the very texts.
    public var standardErrors: Double?
  }

  /// exp(nats a token).
  public var perplexity: Double { exp(natsPerToken) }
  /// The interval of ``perplexity``.
  public var perplexityInterval: (lower: Double, upper: Double) {
    (exp(natsPerTokenLower), exp(natsPerTokenUpper))
  }

  /// Measures documents.
  ///
  /// The result is `nil` where no token was predicted.
  ///
  /// - Parameters:
  ///   - name: What the documents are.
  ///   - documents: The documents.
  ///   - seed: What the draws of the bootstrap depend on.
  public init?(_ name: String, _ documents: [ScoredDocument], seed: UInt64) {
    let nats = documents.map(\.nats)
    let tokens = documents.map { Double($0.tokens) }
    let characters = documents.map { Double($0.characters) }
    let total = nats.reduce(0, +)
    guard let perToken = Ratio(nats, tokens, seed: seed) else { return nil }
    self.name = name
    self.documents = documents.count
    self.tokens = documents.reduce(0) { $0 + $1.tokens }
    natsPerToken = perToken.value
    natsPerTokenLower = perToken.interval.lower
    natsPerTokenUpper = perToken.interval.upper
    let bytes = documents.reduce(0) { $0 + $1.bytes }
    bitsPerByte = bytes > 0 ? total / log(2) / Double(bytes) : nil
    if let perCharacter = Ratio(nats, characters, seed: seed) {
      natsPerCharacter = perCharacter.value
      natsPerCharacterLower = perCharacter.interval.lower
      natsPerCharacterUpper = perCharacter.interval.upper
    }
    let known = documents.compactMap(\.generatorNats)
    if known.count == documents.count { generator = Generator(nats, known, characters, seed: seed) }
  }
}

extension PerplexityMeasure.Generator {
  fileprivate init?(_ nats: [Double], _ known: [Double], _ characters: [Double], seed: UInt64) {
    guard let entropy = Ratio(known, characters, seed: seed),
      let relative = Ratio(nats, known, seed: seed)
    else { return nil }
    natsPerCharacter = entropy.value
    excess = relative.value - 1
    excessLower = relative.interval.lower - 1
    excessUpper = relative.interval.upper - 1
    let differences = MeanVariance(zip(nats, known).map { $0 - $1 })
    standardErrors = differences.standardError.flatMap { error in
      error > 0 ? differences.mean.map { $0 / error } : nil
    }
  }
}

/// Σ above / Σ below, with its interval over draws of the documents.
struct Ratio {
  let value: Double
  let interval: ConfidenceInterval

  init?(_ above: [Double], _ below: [Double], seed: UInt64) {
    func ratio(_ rows: some Sequence<Int>) -> Double? {
      let sums = rows.reduce((0.0, 0.0)) { ($0.0 + above[$1], $0.1 + below[$1]) }
      return sums.1 > 0 ? sums.0 / sums.1 : nil
    }
    var random = SeededGenerator(seed: seed)
    let rounds = Bootstrap().distribution(count: above.count, using: &random) { ratio($0) }
    guard let value = ratio(above.indices), let interval = rounds.interval() else { return nil }
    self.value = value
    self.interval = interval
  }
}
