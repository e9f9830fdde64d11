internal import Tokenization
internal import TorchEngine

/// A decoder-only transformer, from token ids to hidden states.
///
/// It knows no padding: tokens are the rows of one packed list, and only attention and positions
/// ask which sequence a row belongs to.
struct Transformer {
  let configuration: TransformerConfiguration
  let parameters: Parameters

  /// The normalized hidden states of some tokens.
  ///
  /// Only attention looks at other tokens, so behind the last layer's attention the rows that nobody
  /// asks for, most of each prompt, are left out.
  ///
  /// - Parameters:
  ///   - batch: Packed sequences.
  ///   - rows: The tokens that are asked for, by their rows in the batch.
  /// - Returns: [rows, width].
  /// - Throws: `EngineError`, for instance for a token id outside the vocabulary.
  func hiddenStates(of batch: PackedBatch, rows: [Int]) throws(EngineError) -> Tensor {
    try configuration.check(longestSequence: (batch.positions.max() ?? -1) + 1)
    let layout = PackedTrees(batch.trees.map { .init(trunk: $0.trunk, branches: $0.branches) })
    let angles = try rotaryAngles(of: batch.positions)
    var x = try embedded(batch)
    for index in 0..<configuration.layers {
      let layer = TransformerLayer(
        index: index, configuration: configuration, parameters: parameters)
      var mixed = try layer.attention(x, layout: layout, angles: angles)
      if index == configuration.layers - 1 {
        let wanted = rows.map(Int64.init)
        (x, mixed) = (try x.embedding(wanted), try mixed.embedding(wanted))
      }
      x = try x.adding(layer.attentionOutput(mixed))
      x = try x.adding(layer.feedForward(x))
    }
    return try x.normalized(
      by: configuration.normalization, .finalNormalization, of: parameters)
  }

  /// The output projection: [vocabulary, width].
  var head: Tensor { parameters.weight(of: configuration.tiesHead ? .embedding : .head) }

  private func embedded(_ batch: PackedBatch) throws(EngineError) -> Tensor {
    let tokens = try parameters.weight(of: .embedding).embedding(batch.tokens.map(Int64.init))
    guard case .learned = configuration.positions else { return tokens }
    let table = parameters.weight(of: .positionEmbedding)
    return try tokens.adding(table.embedding(batch.positions.map(Int64.init)))
  }

  private func rotaryAngles(of positions: [Int]) throws(EngineError) -> RotaryAngles? {
    guard case .rotary(let rotary) = configuration.positions else { return nil }
    let width = configuration.headWidth
    let (cosine, sine) = rotary.table(positions: positions, headWidth: width)
    let shape = [positions.count, width / 2]
    return RotaryAngles(
      cosine: try Tensor(cosine, shape: shape), sine: try Tensor(sine, shape: shape))
  }
}

/// How far each token's queries and keys are turned: cosines and sines, [tokens, d/2] each.
struct RotaryAngles {
  let cosine: Tensor
  let sine: Tensor
}

extension Tensor {
  /// Normalizes each row with a module's weight, and its bias where the formula has one.
  func normalized(
    by normalization: Normalization, _ module: Module, of parameters: Parameters
  ) throws(EngineError) -> Tensor {
    let weight = parameters.weight(of: module)
    switch normalization {
    case .rootMeanSquare(let epsilon):
      return try rootMeanSquareNormalized(weight: weight, epsilon: epsilon)
    case .layer(let epsilon):
      guard let bias = parameters.bias(of: module) else {
        preconditionFailure("no bias of \(module)")
      }
      return try layerNormalized(weight: weight, bias: bias, epsilon: epsilon)
    }
  }
}
