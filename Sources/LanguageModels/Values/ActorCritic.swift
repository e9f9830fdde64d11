public import Tokenization
public import TorchEngine

/// A policy and the value function that says what its states are worth.
public final class ActorCritic {
  /// π.
  public let policy: CausalLanguageModel
  /// V.
  public let critic: ValueModel

  /// Joins both.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - critic: The value function, of the same vocabulary.
  public init(policy: CausalLanguageModel, critic: ValueModel) {
    self.policy = policy
    self.critic = critic
  }

  /// Scores the completion tokens of a packed batch and the states that they were drawn in; the graph is
  /// kept by the result.
  ///
  /// - Parameters:
  ///   - batch: Packed sequences, none of them empty.
  ///   - temperature: What logits are divided by.
  ///   - lastStates: Sequences whose state after all of their tokens is asked for too, by their place
  ///     in the batch.
  /// - Returns: One entry for each scored token, in the batch's order.
  /// - Throws: `EngineError`, for instance for a token id outside the vocabulary.
  public func scores(
    of batch: PackedBatch, temperature: Double, lastStates: [Int] = []
  ) throws(EngineError) -> ScoredActions {
    let predictors = batch.predictors
    let last = lastStates.isEmpty ? [] : batch.lastRows
    let rows = predictors.rows + lastStates.map { last[$0] }
    let hidden = try policy.hiddenStates(of: batch, rows: rows)
    let scored = try policy.scores(
      of: batch, predictors.ofTarget, hidden: hidden, temperature: temperature)
    let read: Tensor
    switch critic.backbone {
    case .policy: read = hidden
    case .own(let configuration):
      read = try Transformer(configuration: configuration, parameters: critic.parameters)
        .hiddenStates(of: batch, rows: rows)
    }
    return try ScoredActions(
      scored, values: critic.values(ofHidden: read), rows: predictors.ofTarget,
      states: predictors.rows.count)
  }

  /// Adds the gradient of a loss to the parameters' gradients, by one backward pass.
  ///
  /// - Parameters:
  ///   - seeds: The derivatives of the loss by what the policy says.
  ///   - values: d loss / d V of each scored token.
  ///   - scored: What scoring the batch returned; its graph is used up.
  /// - Throws: `EngineError` if the batch was scored without a graph.
  public func backward(
    _ seeds: TokenSeeds, values: [Double], through scored: ScoredActions
  ) throws(EngineError) {
    var roots = try policy.roots(of: seeds, through: scored.scored)
    roots.append(try GradientSeed(scored.graph, scored.stateSeeds(of: values)))
    try TorchEngine.backward(roots)
  }
}

extension ActorCritic: TrainableModel {
  package var trainedParameters: Parameters {
    policy.parameters.joined(with: critic.parameters)
  }

  /// Writes the policy as a model directory, and the value function beside it.
  ///
  /// - Parameters:
  ///   - folder: An existing folder, which should be temporary until it is complete.
  ///   - source: The model directory that the configuration and the tokenizer come from.
  /// - Throws: `RunRecordError` if the disk does not take a file, or ``ModelError``.
  package func write(to folder: String, companionsFrom source: String) throws {
    try policy.write(to: folder, companionsFrom: source)
    try critic.write(to: folder)
  }
}

/// What an ``ActorCritic`` says about a packed batch: plain numbers, and the graph.
public struct ScoredActions {
  /// What the policy says about the scored tokens.
  public let scored: ScoredBatch
  /// V of the state that each scored token was drawn in.
  public let values: [Double]
  /// V of the states after the sequences that were asked for, in that order.
  public let lastValues: [Double]
  let graph: Tensor
  private let rows: [Int]
  private let stateCount: Int

  /// Reads the values.
  ///
  /// - Parameters:
  ///   - scored: What the policy says.
  ///   - values: V of all states, [states, 1].
  ///   - rows: For each scored token, the row of `values` of its state.
  ///   - states: How many rows are of such states; those behind them are last ones.
  /// - Throws: `EngineError` if the values cannot be read.
  init(
    _ scored: ScoredBatch, values: Tensor, rows: [Int], states: Int
  ) throws(EngineError) {
    let all = try values.values(as: Double.self)
    self.scored = scored
    self.values = rows.map { all[$0] }
    lastValues = Array(all[states...])
    graph = values
    self.rows = rows
    stateCount = all.count
  }

  /// Derivatives by the states: a state in which several completions begin takes the sum of theirs.
  func stateSeeds(of values: [Double]) -> [Double] {
    precondition(values.count == rows.count, "\(values.count) seeds for \(rows.count) tokens")
    var seeds = [Double](repeating: 0, count: stateCount)
    for (row, seed) in zip(rows, values) { seeds[row] += seed }
    return seeds
  }
}
