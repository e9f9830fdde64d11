internal import PreferenceData
internal import TorchEngine

extension WeightNames {
  /// GPT-2, whose query, key and value are one projection, and whose projections (`Conv1D`) lie in
  /// the file as [in, out].
  static let gpt2 = WeightNames(
    prefix: "transformer.", embedding: "wte", positionEmbedding: "wpe", layers: "h",
    finalNormalization: "ln_f",
    layerModules: [
      .attentionNormalization: "ln_1", .queryKeyValue: "attn.c_attn",
      .attentionOutput: "attn.c_proj", .feedForwardNormalization: "ln_2", .up: "mlp.c_fc",
      .down: "mlp.c_proj",
    ],
    // The causal mask, which published files carry.
    projectionLayout: .inputsByOutputs, buffers: [".attn.bias", ".attn.masked_bias"])
}

/// What `config.json` holds for GPT-2. What it leaves out has the value that transformers gives it.
struct GPT2Fields: Decodable {
  var vocab_size: Int
  var n_positions: Int?
  var n_embd: Int
  var n_layer: Int
  var n_head: Int
  var n_inner: Int?
  var activation_function: String?
  var layer_norm_epsilon: Double?
  var scale_attn_weights: Bool?
  var scale_attn_by_inverse_layer_idx: Bool?
  var add_cross_attention: Bool?
  var tie_word_embeddings: Bool?

  // `reorder_and_upcast_attn` is about half precision: in float32 it names the same formula.

  private static let activations: [(name: String, activation: Activation)] = [
    ("gelu_new", .geluTanh), ("gelu_pytorch_tanh", .geluTanh), ("gelu_fast", .geluTanh),
    ("gelu", .gelu), ("relu", .relu),
  ]

  /// What the fields mean.
  func configuration(_ file: ConfigurationFile) throws(ModelError) -> TransformerConfiguration {
    let positionLimit = n_positions ?? 1024
    try file.check([
      "vocab_size": vocab_size, "n_embd": n_embd, "n_layer": n_layer, "n_head": n_head,
      "n_positions": positionLimit,
    ])
    let feedForwardWidth = n_inner ?? 4 * n_embd
    try file.check(["n_inner": feedForwardWidth])
    guard n_embd % n_head == 0 else {
      throw file.refused("n_embd \(n_embd) is no multiple of \(n_head) heads")
    }
    if add_cross_attention ?? false {
      throw file.refused("add_cross_attention is true, which decoders of their own do not have")
    }
    let headWidth = n_embd / n_head
    let factor = (scale_attn_weights ?? true) ? 1 / Double(headWidth).squareRoot() : 1
    return TransformerConfiguration(
      family: .gpt2, vocabularySize: vocab_size, width: n_embd,
      feedForwardWidth: feedForwardWidth, heads: n_head, keyValueHeads: n_head,
      headWidth: headWidth, windows: Array(repeating: nil, count: n_layer),
      attentionScale: (scale_attn_by_inverse_layer_idx ?? false)
        ? .dividedByDepth(factor) : .uniform(factor),
      normalization: .layer(epsilon: layer_norm_epsilon ?? 1e-5),
      feedForward: .plain(try activation(file)), positions: .learned,
      hasQueryKeyValueBiases: true, hasOutputBias: true, hasFeedForwardBiases: true,
      tiesHead: tie_word_embeddings ?? true, positionLimit: positionLimit)
  }

  private func activation(_ file: ConfigurationFile) throws(ModelError) -> Activation {
    let name = activation_function ?? "gelu_new"
    guard let known = Self.activations.first(where: { $0.name == name }) else {
      let names = Self.activations.map(\.name).joined(separator: ", ")
      throw file.refused("activation_function '\(name)' is unknown; Attune knows \(names)")
    }
    return known.activation
  }
}

extension TransformerConfiguration {
  /// The published GPT-2, the smallest of the four.
  static func gpt2(vocabularySize: Int) -> TransformerConfiguration {
    TransformerConfiguration(
      family: .gpt2, vocabularySize: vocabularySize, width: 768, feedForwardWidth: 3072,
      heads: 12, keyValueHeads: 12, headWidth: 64, windows: Array(repeating: nil, count: 12),
      attentionScale: .uniform(1 / 8), normalization: .layer(epsilon: 1e-5),
      feedForward: .plain(.geluTanh), positions: .learned, hasQueryKeyValueBiases: true,
      hasOutputBias: true, hasFeedForwardBiases: true, tiesHead: true, positionLimit: 1024)
  }

  /// `config.json` for what ``gpt2(vocabularySize:)`` makes.
  var gpt2Fields: JSONObject {
    guard case .layer(let epsilon) = normalization else {
      preconditionFailure("\(family.rawValue) is no GPT-2")
    }
    return [
      "architectures": .array([.string(family.rawValue)]),
      "model_type": .string("gpt2"),
      "vocab_size": .integer(vocabularySize),
      "n_positions": .integer(positionLimit),
      "n_embd": .integer(width),
      "n_layer": .integer(layers),
      "n_head": .integer(heads),
      "n_inner": feedForwardWidth == 4 * width ? .null : .integer(feedForwardWidth),
      "activation_function": .string("gelu_new"),
      "layer_norm_epsilon": .number(epsilon),
      "scale_attn_weights": .boolean(true),
      "scale_attn_by_inverse_layer_idx": .boolean(false),
      "tie_word_embeddings": .boolean(tiesHead),
      "torch_dtype": .string("float32"),
    ]
  }
}
