public import LanguageModels
internal import Objectives
public import Tokenization
internal import TorchEngine

/// How a model without gradient scores many sequences: packed, a batch at a time, in order.
///
/// A group's sequences share the prefix that they have in common, and nothing is padded, so groups
/// of any number and length go into one batch, and the sums do not depend on the batches.
///
/// ```swift
/// let scoring = SequenceScoring(model: reference)
/// try scoring.score(pairs.map(\.sequences)) { groups, scores in … }
/// ```
public struct SequenceScoring {
  /// What goes into one batch.
  public enum BatchSize: Equatable, Sendable {
    /// As many groups as have this many packed tokens together; a longer group is alone.
    case tokens(Int)
    /// This many groups.
    case groups(Int)
  }

  /// What the model says about one sequence.
  public struct Score: Equatable, Sendable {
    /// Σ log π(token | tokens before) over the completion, in nats, added up in Double.
    public let logProbability: Double
    /// log π of each scored token, in nats: all of the completion, but never a sequence's first.
    public let tokenLogProbabilities: [Float]

    /// The number of tokens that were scored.
    public var tokens: Int { tokenLogProbabilities.count }
  }

  /// Without a graph nothing is kept between layers, and products have long reached their speed.
  public static let usualBatchSize = BatchSize.tokens(4096)

  private let model: CausalLanguageModel
  private let temperature: Double
  private let batchSize: BatchSize

  /// Scores with a model.
  ///
  /// - Parameters:
  ///   - model: The model; its gradients are left as they are.
  ///   - temperature: What logits are divided by.
  ///   - batchSize: What goes into one batch.
  public init(
    model: CausalLanguageModel, temperature: Double = 1,
    batchSize: BatchSize = Self.usualBatchSize
  ) {
    self.model = model
    self.temperature = temperature
    self.batchSize = batchSize
  }

  /// Scores groups in their order.
  ///
  /// - Parameters:
  ///   - groups: For instance one group a preference pair: its two sides. A sequence without a
  ///     completion scores 0 over 0 tokens.
  ///   - receive: Told of each batch when it is done: which groups it held, and for each of them
  ///     one score a sequence. It may throw to stop.
  /// - Throws: What `receive` throws, or `EngineError`, for instance for an id that the model does
  ///   not have.
  public func score(
    _ groups: [[PackedBatch.Sequence]],
    receive: (_ groups: Range<Int>, _ scores: [[Score]]) throws -> Void
  ) throws {
    for range in batchSize.ranges(of: groups) {
      try receive(range, try scores(of: Array(groups[range])))
    }
  }

  /// The summed log probabilities alone.
  ///
  /// - Parameters:
  ///   - groups: Groups of sequences.
  ///   - progress: Told after each batch how many groups are done; may throw to stop.
  /// - Returns: For each group one sum a sequence, in nats.
  /// - Throws: What `progress` throws, or `EngineError`.
  public func summedLogProbabilities(
    of groups: [[PackedBatch.Sequence]], progress: (_ done: Int) throws -> Void = { _ in }
  ) throws -> [[Double]] {
    var sums: [[Double]] = []
    try score(groups) { range, scores in
      sums += scores.map { $0.map(\.logProbability) }
      try progress(range.upperBound)
    }
    return sums
  }

  private func scores(of groups: [[PackedBatch.Sequence]]) throws(EngineError) -> [[Score]] {
    let batch = PackedBatch(groups)
    // The engine has no products of nothing.
    let tokens: [Float] =
      if batch.targets.isEmpty {
        []
      } else {
        try withoutGradients { () throws(EngineError) in
          try model.logProbabilities(of: batch, temperature: temperature).logProbabilities
        }
      }
    let sums = SequenceLogProbability(spans: batch.spans).sums(of: tokens)
    var scores = zip(sums, batch.spans).map { sum, span in
      Score(logProbability: sum, tokenLogProbabilities: Array(tokens[span]))
    }[...]
    return groups.map { group in
      defer { scores.removeFirst(group.count) }
      return Array(scores.prefix(group.count))
    }
  }
}

extension SequenceScoring.BatchSize {
  /// The batches that groups of sequences make, in order.
  package func ranges(of groups: [[PackedBatch.Sequence]]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while start < groups.count {
      let range = start..<end(of: groups, from: start)
      ranges.append(range)
      start = range.upperBound
    }
    return ranges
  }

  /// Where the batch that begins at `start` ends.
  private func end(of groups: [[PackedBatch.Sequence]], from start: Int) -> Int {
    switch self {
    case .groups(let count):
      precondition(count > 0, "\(count) groups in a batch")
      return min(groups.count, start + count)
    case .tokens(let budget):
      var tokens = 0
      for index in start..<groups.count {
        tokens += ItemCost(groups[index]).packedTokens
        if tokens > budget { return max(index, start + 1) }
      }
      return groups.count
    }
  }
}
