public import Tokenization
public import TorchEngine

/// A causal language model: log π(next token | tokens before), differentiable by its parameters.
public final class CausalLanguageModel {
  /// The model's shape.
  public let configuration: TransformerConfiguration
  /// The model's weights, in float32.
  public let parameters: Parameters

  init(configuration: TransformerConfiguration, parameters: Parameters) {
    self.configuration = configuration
    self.parameters = parameters
  }

  /// Reads a checkpoint.
  ///
  /// - Parameter directory: A model directory in the Hugging Face layout.
  /// - Throws: ``ModelError`` or `EngineError`, naming the file and the tensor.
  public convenience init(directory: String) throws {
    guard try ModelTask(directory: directory) == .languageModelling else {
      throw ModelError.configuration(
        path: "\(directory)/config.json",
        problem: "is a reward model, which gives scores and no text; name a language model")
    }
    let configuration = try TransformerConfiguration(directory: directory)
    let checkpoint = try SafetensorsCheckpoint(directory: directory)
    self.init(
      configuration: configuration,
      parameters: try Parameters(checkpoint, of: configuration))
  }

  /// A model with fresh random weights.
  ///
  /// - Parameters:
  ///   - configuration: The model's shape.
  ///   - seed: The same seed gives the same weights.
  /// - Throws: `EngineError` if memory runs out.
  public convenience init(fresh configuration: TransformerConfiguration, seed: UInt64) throws {
    self.init(
      configuration: configuration,
      parameters: try Parameters(fresh: configuration, seed: seed))
  }

  /// Scores the completion tokens of a packed batch; the graph is kept by the result.
  ///
  /// - Parameters:
  ///   - batch: Packed sequences.
  ///   - temperature: What logits are divided by, for tokens that were drawn so.
  ///   - candidates: Further ids whose log probabilities are asked for, scored token by scored token.
  ///   - includingCollisions: Whether to compute ``ScoredBatch/logCollisionProbabilities`` too.
  /// - Returns: One entry for each scored token, in the batch's order.
  /// - Throws: `EngineError`, for instance for a token id outside the vocabulary, or for a sequence
  ///   that is longer than the positions which the model has learned.
  public func logProbabilities(
    of batch: PackedBatch, temperature: Double = 1, candidates: TokenCandidates? = nil,
    includingCollisions: Bool = false
  ) throws(EngineError) -> ScoredBatch {
    let predictors = batch.predictors
    return try scores(
      of: batch, predictors.ofTarget, hidden: hiddenStates(of: batch, rows: predictors.rows),
      temperature: temperature, candidates: candidates, includingCollisions: includingCollisions)
  }

  /// The normalized hidden states of some tokens of a packed batch.
  func hiddenStates(of batch: PackedBatch, rows: [Int]) throws(EngineError) -> Tensor {
    try Transformer(configuration: configuration, parameters: parameters)
      .hiddenStates(of: batch, rows: rows)
  }

  /// Scores the completion tokens of a packed batch, of which the hidden states are known.
  ///
  /// - Parameters:
  ///   - batch: Packed sequences.
  ///   - rows: For each scored token, the row of `hidden` that predicts it.
  ///   - hidden: [rows, width].
  ///   - temperature: What logits are divided by: a head without bias gives them to hidden states
  ///     that are.
  ///   - candidates: Further ids whose log probabilities are asked for.
  ///   - includingCollisions: Whether to compute the probabilities that two draws agree.
  /// - Returns: One entry for each scored token, in the batch's order.
  /// - Throws: `EngineError` if memory runs out.
  func scores(
    of batch: PackedBatch, _ rows: [Int], hidden: Tensor, temperature: Double,
    candidates: TokenCandidates? = nil, includingCollisions: Bool = false
  ) throws(EngineError) -> ScoredBatch {
    precondition(temperature > 0, "a temperature of \(temperature)")
    let head = Transformer(configuration: configuration, parameters: parameters).head
    let scaled =
      temperature == 1
      ? hidden : try hidden.multiplied(by: Tensor([Float(1 / temperature)], shape: [1]))
    return try ScoredBatch(
      TokenScores(
        hidden: scaled, head: head, rows: rows.map(Int64.init),
        targets: batch.targets.map(Int64.init), candidates: candidates,
        includingCollisions: includingCollisions))
  }

  /// Adds the gradient of a loss to the parameters' gradients, by one backward pass.
  ///
  /// - Parameters:
  ///   - seed: d loss / d log π for each scored token of the batch.
  ///   - scored: What scoring the batch returned; its graph is used up.
  /// - Throws: `EngineError` if the batch was scored without a graph.
  public func backward(seed: [Double], through scored: ScoredBatch) throws(EngineError) {
    try backward(TokenSeeds(logProbabilities: seed), through: scored)
  }

  /// Adds the gradient of a loss to the parameters' gradients, by one backward pass.
  ///
  /// - Parameters:
  ///   - seeds: The derivatives of the loss by all that was scored.
  ///   - scored: What scoring the batch returned; its graph is used up.
  /// - Throws: `EngineError` if the batch was scored without a graph.
  public func backward(_ seeds: TokenSeeds, through scored: ScoredBatch) throws(EngineError) {
    try TorchEngine.backward(roots(of: seeds, through: scored))
  }

  /// Where a backward pass of what was scored begins.
  func roots(
    of seeds: TokenSeeds, through scored: ScoredBatch
  ) throws(EngineError) -> [GradientSeed] {
    let graph = scored.graph
    var roots = [try GradientSeed(graph.logProbability, seeds.logProbabilities)]
    if let entropies = seeds.entropies {
      roots.append(try GradientSeed(graph.entropy, entropies))
    }
    if let mean = seeds.meanLogProbabilities {
      roots.append(try GradientSeed(graph.meanLogProbability, mean))
    }
    if let seeds = seeds.candidateLogProbabilities, !seeds.isEmpty {
      guard let candidates = graph.candidateLogProbability else {
        preconditionFailure("seeds of candidates that were not asked for")
      }
      roots.append(try GradientSeed(candidates, seeds))
    }
    return roots
  }
}
