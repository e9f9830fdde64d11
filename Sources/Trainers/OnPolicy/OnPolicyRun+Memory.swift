internal import LanguageModels
internal import TrainingConfiguration

extension OnPolicyRun {
  /// Compares what the run will need with what there is, before a weight is read.
  ///
  /// Weights, gradients and two moments of what is trained; the reference's weights; the graph of a
  /// micro-batch; keys and values of the sequences that are sampled at a time.
  ///
  /// - Parameters:
  ///   - shape: The policy's.
  ///   - asksReference: Whether a reference is in memory.
  ///   - order: Which prompts each step answers.
  /// - Returns: A warning, as a sentence, where it may be too little.
  /// - Throws: ``TrainingError`` with what to change, where it is too little.
  func check(
    _ shape: TransformerConfiguration, asksReference: Bool, _ order: VisitOrder
  ) throws(TrainingError) -> String? {
    guard let availableMemory else { return nil }
    let width = MemoryLayout<Float>.stride
    let weights = shape.parameterCount * width
    let trained = (recipe.valueBackbone == .own ? 2 : 1) * weights
    let microbatches = Microbatches(size: recipe.batches.microBatchSize, for: shape)
    let tokens =
      recipe.batches.microBatchSize.map {
        $0 * min(shape.positionLimit, 2 * recipe.rollout.maxCompletionLength)
      } ?? microbatches.tokenBudget
    let graph =
      tokens * (shape.activationsPerToken * width)
      + min(
        tokens * shape.vocabularySize * width, 256 << 20)
    let cache = min(
      1 << 30,
      recipe.updates.completions * shape.cacheBytesPerToken
        * min(shape.positionLimit, 2 * recipe.rollout.maxCompletionLength))
    let needed = 4 * trained + (asksReference ? weights : 0) + graph + cache + (280 << 20)
    guard needed > availableMemory else { return nil }
    let error = TrainingError.memory(
      needed: needed, available: availableMemory,
      advice: recipe.batches.microBatchSize == 1
        ? "lower max_completion_length, or choose a smaller model"
        : "set micro_batch_size to 1, which gives the same result more slowly, or choose a smaller model"
    )
    // The estimate is rough: only what cannot be is refused.
    guard needed * 3 / 5 > availableMemory else { return error.description }
    throw error
  }
}
