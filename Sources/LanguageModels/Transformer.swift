internal import TorchEngine
internal import Tokenization

/// The decoder-only transformer of Llama and its relatives, from token ids to hidden states.
///
/// It knows no padding: tokens are the rows of one packed list, and only attention and positions
/// ask which sequence a row belongs to.
struct Transformer {
  let configuration: TransformerConfiguration
  let parameters: Parameters

  /// The normalized hidden state of each token: [tokens, width].
  func hiddenStates(of batch: PackedBatch) throws(EngineError) -> Tensor {
    let layout = PackedTrees(batch.trees.map { .init(trunk: $0.trunk, branches: $0.branches) })
    let (cosine, sine) = try rotaryTables(batch.positions)
    var x = try parameters[WeightMapping.embedding].embedding(batch.tokens.map(Int64.init))
    for index in 0..<configuration.layers {
      let layer = Layer(index: index, configuration: configuration, parameters: parameters)
      x = try x.adding(layer.attention(x, layout: layout, cosine: cosine, sine: sine))
      x = try x.adding(layer.feedForward(x))
    }
    return try x.rootMeanSquareNormalized(
      weight: parameters[WeightMapping.finalNormalization],
      epsilon: configuration.normalizationEpsilon)
  }

  /// The output projection: [vocabulary, width].
  var head: Tensor {
    parameters[configuration.tiesHead ? WeightMapping.embedding : WeightMapping.head]
  }

  private func rotaryTables(_ positions: [Int]) throws(EngineError) -> (Tensor, Tensor) {
    let width = configuration.headWidth
    let (cosine, sine) = configuration.rotary.table(positions: positions, headWidth: width)
    let shape = [positions.count, width / 2]
    return (try Tensor(cosine, shape: shape), try Tensor(sine, shape: shape))
  }
}

/// One layer's two blocks; each is added to the residual stream that it reads.
private struct Layer {
  let index: Int
  let configuration: TransformerConfiguration
  let parameters: Parameters

  /// Projects to queries, keys and values, turns them by position, attends, projects back.
  func attention(
    _ input: Tensor, layout: PackedTrees, cosine: Tensor, sine: Tensor
  ) throws(EngineError) -> Tensor {
    let x = try normalized(input, "input_layernorm")
    let query = try projected(x, "self_attn.q_proj")
    let key = try projected(x, "self_attn.k_proj")
    let value = try projected(x, "self_attn.v_proj")
    let attend = TreeAttention(
      heads: configuration.heads, keyValueHeads: configuration.keyValueHeads,
      scale: 1 / Double(configuration.headWidth).squareRoot(),
      window: configuration.windows[index])
    let mixed = try attend(
      query: headNormalized(query, "self_attn.q_norm").rotated(cosine: cosine, sine: sine),
      key: headNormalized(key, "self_attn.k_norm").rotated(cosine: cosine, sine: sine),
      value: value, layout: layout)
    return try projected(mixed, "self_attn.o_proj")
  }

  /// down(silu(gate(x)) · up(x)).
  func feedForward(_ input: Tensor) throws(EngineError) -> Tensor {
    let x = try normalized(input, "post_attention_layernorm")
    let gate = try projected(x, "mlp.gate_proj")
    let up = try projected(x, "mlp.up_proj")
    return try projected(try gate.gating(up), "mlp.down_proj")
  }

  private func projected(_ x: Tensor, _ name: String) throws(EngineError) -> Tensor {
    try x.linear(
      parameters[WeightMapping.layer(index, "\(name).weight")],
      bias: parameters.optional(WeightMapping.layer(index, "\(name).bias")))
  }

  private func normalized(_ x: Tensor, _ name: String) throws(EngineError) -> Tensor {
    try x.rootMeanSquareNormalized(
      weight: parameters[WeightMapping.layer(index, "\(name).weight")],
      epsilon: configuration.normalizationEpsilon)
  }

  /// Normalizes each head by itself, in the families that do.
  private func headNormalized(_ x: Tensor, _ name: String) throws(EngineError) -> Tensor {
    guard configuration.normalizesQueriesAndKeys else { return x }
    let shape = x.shape
    return try normalized(x.reshaped([-1, configuration.headWidth]), name).reshaped(shape)
  }
}
