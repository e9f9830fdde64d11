/// The tensors of a checkpoint: their names in the Hugging Face layout and their shapes.
struct WeightMapping {
  private let configuration: TransformerConfiguration

  init(_ configuration: TransformerConfiguration) { self.configuration = configuration }

  static let embedding = "model.embed_tokens.weight"
  static let finalNormalization = "model.norm.weight"
  static let head = "lm_head.weight"

  /// The name of a tensor of one layer.
  static func layer(_ index: Int, _ name: String) -> String { "model.layers.\(index).\(name)" }

  /// Every parameter of the model, in the order in which it is used.
  var shapes: [(name: String, shape: [Int])] {
    let c = configuration
    var shapes: [(name: String, shape: [Int])] = [(Self.embedding, [c.vocabularySize, c.width])]
    for index in 0..<c.layers {
      for (name, shape) in layerShapes { shapes.append((Self.layer(index, name), shape)) }
    }
    shapes.append((Self.finalNormalization, [c.width]))
    if !c.tiesHead { shapes.append((Self.head, [c.vocabularySize, c.width])) }
    return shapes
  }

  private var layerShapes: [(String, [Int])] {
    let c = configuration
    let queries = c.heads * c.headWidth
    let keys = c.keyValueHeads * c.headWidth
    var shapes: [(String, [Int])] = [("input_layernorm.weight", [c.width])]
    func add(_ name: String, _ out: Int, _ input: Int, bias: Bool) {
      shapes.append(("\(name).weight", [out, input]))
      if bias { shapes.append(("\(name).bias", [out])) }
    }
    add("self_attn.q_proj", queries, c.width, bias: c.hasQueryKeyValueBiases)
    add("self_attn.k_proj", keys, c.width, bias: c.hasQueryKeyValueBiases)
    add("self_attn.v_proj", keys, c.width, bias: c.hasQueryKeyValueBiases)
    if c.normalizesQueriesAndKeys {
      shapes.append(("self_attn.q_norm.weight", [c.headWidth]))
      shapes.append(("self_attn.k_norm.weight", [c.headWidth]))
    }
    add("self_attn.o_proj", c.width, queries, bias: c.hasOutputBias)
    shapes.append(("post_attention_layernorm.weight", [c.width]))
    add("mlp.gate_proj", c.feedForwardWidth, c.width, bias: c.hasFeedForwardBiases)
    add("mlp.up_proj", c.feedForwardWidth, c.width, bias: c.hasFeedForwardBiases)
    add("mlp.down_proj", c.width, c.feedForwardWidth, bias: c.hasFeedForwardBiases)
    return shapes
  }

  /// Tensors that older files carry although they hold no parameter: buffers of the rotary
  /// embedding, and a second copy of a tied head.
  func isRedundant(_ name: String) -> Bool {
    name.hasSuffix("rotary_emb.inv_freq") || (configuration.tiesHead && name == Self.head)
  }
}
