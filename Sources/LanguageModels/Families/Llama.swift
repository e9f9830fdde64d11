internal import PreferenceData

extension WeightNames {
  /// Llama and its relatives.
  static let llama = WeightNames(
    prefix: "model.", embedding: "embed_tokens", layers: "layers", finalNormalization: "norm",
    layerModules: [
      .attentionNormalization: "input_layernorm", .query: "self_attn.q_proj",
      .key: "self_attn.k_proj", .value: "self_attn.v_proj",
      .queryNormalization: "self_attn.q_norm", .keyNormalization: "self_attn.k_norm",
      .attentionOutput: "self_attn.o_proj", .feedForwardNormalization: "post_attention_layernorm",
      .gate: "mlp.gate_proj", .up: "mlp.up_proj", .down: "mlp.down_proj",
    ],
    projectionLayout: .outputsByInputs, buffers: ["rotary_emb.inv_freq"])
}

extension TransformerConfiguration {
  /// A Llama without biases, as ``ModelPreset`` makes them.
  static func llama(
    vocabularySize: Int, width: Int, feedForwardWidth: Int, layers: Int, heads: Int,
    keyValueHeads: Int
  ) -> TransformerConfiguration {
    let headWidth = width / heads
    return TransformerConfiguration(
      family: .llama, vocabularySize: vocabularySize, width: width,
      feedForwardWidth: feedForwardWidth, heads: heads, keyValueHeads: keyValueHeads,
      headWidth: headWidth, windows: Array(repeating: nil, count: layers),
      attentionScale: .uniform(1 / Double(headWidth).squareRoot()),
      normalization: .rootMeanSquare(epsilon: 1e-6), feedForward: .gated,
      positions: .rotary(RotaryEmbedding(base: 10_000)), hasQueryKeyValueBiases: false,
      hasOutputBias: false, hasFeedForwardBiases: false, tiesHead: true, positionLimit: 2048)
  }

  /// `config.json` for what ``llama(vocabularySize:width:feedForwardWidth:layers:heads:keyValueHeads:)``
  /// makes.
  var llamaFields: JSONObject {
    guard case .rootMeanSquare(let epsilon) = normalization, case .rotary(let rotary) = positions
    else { preconditionFailure("\(family.rawValue) is no Llama") }
    return [
      "architectures": .array([.string(family.rawValue)]),
      "model_type": .string("llama"),
      "vocab_size": .integer(vocabularySize),
      "hidden_size": .integer(width),
      "intermediate_size": .integer(feedForwardWidth),
      "num_hidden_layers": .integer(layers),
      "num_attention_heads": .integer(heads),
      "num_key_value_heads": .integer(keyValueHeads),
      "head_dim": .integer(headWidth),
      "hidden_act": .string("silu"),
      "max_position_embeddings": .integer(positionLimit),
      "rms_norm_eps": .number(epsilon),
      "rope_theta": .number(rotary.base),
      "attention_bias": .boolean(false),
      "mlp_bias": .boolean(false),
      "tie_word_embeddings": .boolean(tiesHead),
      "torch_dtype": .string("float32"),
    ]
  }
}

extension JSONValue {
  /// A whole number.
  static func integer(_ value: Int) -> JSONValue { .number(Double(value)) }
}
