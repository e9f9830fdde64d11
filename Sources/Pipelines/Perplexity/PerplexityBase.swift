internal import Evaluations

/// Another model on the same texts, for instance the one that training began with.
public struct PerplexityBase: Sendable, Hashable, Codable {
  /// Its directory.
  public var model: String
  /// Its −log p in nats a token of its own tokenizer.
  public var natsPerToken: Double
  /// −log p of all texts by the model over that by the base; below 1, the model predicts them better. The
  /// texts are the same whatever the tokenizers, and so the number means the same. Documents are drawn with
  /// replacement for the interval.
  public var ratio: MeanEstimate
}

extension PerplexityResult {
  /// Compares with another model.
  ///
  /// - Parameters:
  ///   - base: Its directory.
  ///   - kinds: What it says about the same documents, in the same order.
  ///   - own: What the model itself says.
  /// - Throws: ``PipelineError/differentTexts(model:base:)``.
  public mutating func compare(
    with base: String, _ kinds: [(kind: String, documents: [ScoredDocument])],
    own: [(kind: String, documents: [ScoredDocument])]
  ) throws(PipelineError) {
    let (ours, theirs) = (own.flatMap(\.documents), kinds.flatMap(\.documents))
    guard ours.count == theirs.count, zip(ours, theirs).allSatisfy({ $0.bytes == $1.bytes }) else {
      throw .differentTexts(model: model, base: base)
    }
    guard let ratio = Ratio(ours.map(\.nats), theirs.map(\.nats), seed: seed),
      let measure = PerplexityMeasure("all", theirs, seed: seed)
    else { throw .nothingToPredict(paths: data) }
    self.base = PerplexityBase(
      model: base, natsPerToken: measure.natsPerToken,
      ratio: MeanEstimate(ratio.value, ratio.interval, count: ours.count))
  }
}
