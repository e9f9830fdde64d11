internal import LanguageModels
internal import TrainingConfiguration

/// The memory that a run will need at its peak, by what it is for, in bytes.
public struct MemoryEstimate: Equatable, Sendable {
  /// Packed tokens of the largest micro-batch.
  public var largestMicrobatch: Int
  /// The model's weights in float32.
  public var weights: Int
  /// One gradient a weight, as far as gradients are there beside a graph: all of them where a step has
  /// several micro-batches; else they take the place of the graph as it goes.
  public var gradients: Int
  /// Two moments a weight.
  public var moments: Int
  /// What the graph of the largest micro-batch keeps for its backward pass.
  public var graph: Int
  /// Scores over the vocabulary of the largest micro-batch's completion tokens.
  public var vocabulary: Int
  /// What the passes need beside that: results of the layer that is computed, hidden states that do not
  /// change.
  public var buffers: Int
  /// The program, its libraries, and the data.
  public var program: Int

  /// All of it.
  public var total: Int {
    weights + gradients + moments + graph + vocabulary + buffers + program
  }
}

extension TransformerPlan {
  /// Estimates the memory that the run will need.
  func estimatedMemory() -> MemoryEstimate { estimatedMemory(costs) }

  /// Packed tokens of a batch without graph: ``SequenceScoring/usualBatchSize``.
  private static var encodedTokens: Int { 4096 }

  private func estimatedMemory(_ costs: ItemCosts) -> MemoryEstimate {
    var (tokens, scoredTokens, hasParts) = (0, 0, false)
    for step in order.steps {
      let parts = costs.microbatches.split(step, tokens: { costs.training[$0].packedTokens })
      if parts.count > 1 { hasParts = true }
      for part in parts {
        let items = part.map { costs.training[$0] }
        tokens = max(tokens, items.reduce(0) { $0 + $1.packedTokens })
        scoredTokens = max(scoredTokens, items.reduce(0) { $0 + $1.scoredTokens })
      }
    }
    let (width, trained) = (MemoryLayout<Float>.stride, costs.trainedParameters)
    let weights = parameterCount * width
    // Hidden states that do not change are computed without a graph, and are all that training reads.
    let graph = costs.encoded.isEmpty ? tokens * model.activationsPerToken * width : 0
    let features = costs.encoded.reduce(0) { $0 + $1.sequences } * model.width * width
    let layer = model.activationsPerToken / max(1, model.layers) * width
    // A pass without graph holds a layer at a time; with what small tensors leave behind it was four of
    // them (nano, 2,053 pairs: 574 MB in all).
    let passing = costs.encoded.isEmpty ? 2 * tokens * layer : 4 * Self.encodedTokens * layer
    let vocabulary = min(scoredTokens * model.vocabularySize * width, 256 << 20)
    let gradients = trained * width
    return MemoryEstimate(
      largestMicrobatch: tokens, weights: weights,
      gradients: hasParts ? gradients : max(0, gradients - graph - vocabulary),
      moments: 2 * gradients, graph: graph, vocabulary: vocabulary, buffers: passing + features,
      program: 280 << 20)
  }

  /// Compares the need with what there is.
  ///
  /// The estimate is good to a quarter, so a run is refused when even four fifths of it are more than
  /// there is, and warned about when all of it is.
  ///
  /// - Parameter availableMemory: Bytes that the run may take; `nil` when nobody knows.
  /// - Returns: A warning, as a sentence, where it may be too little.
  /// - Throws: ``TrainingError`` with what to change, where it is too little.
  func check(availableMemory: Int?) throws(TrainingError) -> String? {
    guard let availableMemory else { return nil }
    let needed = memory.total
    guard needed > availableMemory else { return nil }
    let error = TrainingError.memory(
      needed: needed, available: availableMemory, advice: advice(for: availableMemory))
    guard needed * 4 / 5 > availableMemory else { return error.description }
    throw error
  }

  /// What would make the run fit.
  private func advice(for availableMemory: Int) -> String {
    var alone = costs
    alone.microbatches = Microbatches(size: 1, for: model)
    let smallest = estimatedMemory(alone)
    if configuration.batches.microBatchSize != 1, smallest.total <= availableMemory {
      return "set micro_batch_size to 1, which gives the same result more slowly"
    }
    let fixed = smallest.weights + smallest.gradients + smallest.moments + smallest.program
    return fixed <= availableMemory
      ? "set micro_batch_size to 1 and lower max_length, or close what else is running"
      : "weights, gradients and moments alone are more than that; choose a smaller model"
  }
}
