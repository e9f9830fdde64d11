internal import PreferenceData

/// What `config.json` holds for Llama, Mistral and Qwen, in the spellings of transformers 4 and 5.
struct LlamaFields: Decodable {
  struct Rotary: Decodable {
    var rope_type: String?
    var type: String?
    var rope_theta: Double?
    var factor: Double?
    var low_freq_factor: Double?
    var high_freq_factor: Double?
    var original_max_position_embeddings: Int?
    var partial_rotary_factor: Double?
  }

  var vocab_size: Int
  var hidden_size: Int
  var intermediate_size: Int
  var num_hidden_layers: Int
  var num_attention_heads: Int
  var num_key_value_heads: Int?
  var head_dim: Int?
  var hidden_act: String?
  var max_position_embeddings: Int?
  var rms_norm_eps: Double?
  var rope_theta: Double?
  var rope_scaling: Rotary?
  var rope_parameters: Rotary?
  var partial_rotary_factor: Double?
  var attention_bias: Bool?
  var mlp_bias: Bool?
  var tie_word_embeddings: Bool?
  var sliding_window: Int?
  var use_sliding_window: Bool?
  var max_window_layers: Int?
  var layer_types: [String]?

  /// What the fields mean.
  ///
  /// - Parameters:
  ///   - family: One of Llama's relatives, which differ in their biases, in the normalization of
  ///     queries and keys, and in which layers have a sliding window.
  ///   - file: Where they are from, to say so.
  /// - Returns: The shape.
  /// - Throws: ``ModelError`` for sizes that no model has, or what Attune does not compute.
  func configuration(
    _ family: ModelFamily, _ file: ConfigurationFile
  ) throws(ModelError) -> TransformerConfiguration {
    if let hidden_act, hidden_act != "silu" {
      throw file.refused(
        "hidden_act '\(hidden_act)' is unknown; \(family.rawValue) is computed with 'silu'")
    }
    let keyValueHeads = num_key_value_heads ?? num_attention_heads
    try file.check([
      "vocab_size": vocab_size, "hidden_size": hidden_size,
      "intermediate_size": intermediate_size, "num_hidden_layers": num_hidden_layers,
      "num_attention_heads": num_attention_heads, "num_key_value_heads": keyValueHeads,
    ])
    guard num_attention_heads % keyValueHeads == 0 else {
      throw file.refused(
        "\(num_attention_heads) attention heads cannot share \(keyValueHeads) key–value heads")
    }
    guard head_dim != nil || hidden_size % num_attention_heads == 0 else {
      throw file.refused(
        "hidden_size \(hidden_size) is no multiple of \(num_attention_heads) heads")
    }
    // Qwen 3 files of transformers 4 may leave the head width to the family's default.
    let headWidth = head_dim ?? (family == .qwen3 ? 128 : hidden_size / num_attention_heads)
    guard headWidth > 0, headWidth % 2 == 0, headWidth <= ConfigurationFile.largest else {
      throw file.refused(
        "head width \(headWidth) is no even number from 2 to \(ConfigurationFile.largest)")
    }
    let layersAndWindows = try windows(family, file)
    return TransformerConfiguration(
      family: family, vocabularySize: vocab_size, width: hidden_size,
      feedForwardWidth: intermediate_size, heads: num_attention_heads,
      keyValueHeads: keyValueHeads, headWidth: headWidth, windows: layersAndWindows,
      attentionScale: .uniform(1 / Double(headWidth).squareRoot()),
      normalization: .rootMeanSquare(epsilon: rms_norm_eps ?? 1e-6), feedForward: .gated,
      positions: .rotary(try rotary(file)),
      hasQueryKeyValueBiases: family == .qwen2 || (family != .mistral && attention_bias ?? false),
      hasOutputBias: (family == .llama || family == .qwen3) && attention_bias ?? false,
      hasFeedForwardBiases: family == .llama && mlp_bias ?? false,
      tiesHead: tie_word_embeddings ?? false,
      positionLimit: max_position_embeddings ?? 2048)
  }

  private func rotary(_ file: ConfigurationFile) throws(ModelError) -> RotaryEmbedding {
    let fields = rope_parameters ?? rope_scaling
    if let part = fields?.partial_rotary_factor ?? partial_rotary_factor, part != 1 {
      throw file.refused("partial_rotary_factor \(part) is unknown; Attune rotates whole heads")
    }
    let base = rope_parameters?.rope_theta ?? rope_theta ?? 10_000
    func required<Value>(_ value: Value?, _ key: String) throws(ModelError) -> Value {
      guard let value else { throw file.refused("rotary scaling lacks '\(key)'") }
      return value
    }
    switch fields?.rope_type ?? fields?.type ?? "default" {
    case "default":
      return RotaryEmbedding(base: base)
    case "linear":
      return RotaryEmbedding(
        base: base, scaling: .linear(factor: try required(fields?.factor, "factor")))
    case "llama3":
      return RotaryEmbedding(
        base: base,
        scaling: .llama3(
          factor: try required(fields?.factor, "factor"),
          lowFrequencyFactor: try required(fields?.low_freq_factor, "low_freq_factor"),
          highFrequencyFactor: try required(fields?.high_freq_factor, "high_freq_factor"),
          originalContext: try required(
            fields?.original_max_position_embeddings ?? max_position_embeddings,
            "original_max_position_embeddings")))
    case let other:
      throw file.refused(
        "rotary scaling '\(other)' is unknown; Attune knows default, linear, llama3")
    }
  }

  private func windows(
    _ family: ModelFamily, _ file: ConfigurationFile
  ) throws(ModelError) -> [Int?] {
    let everything = [Int?](repeating: nil, count: num_hidden_layers)
    guard let sliding_window, sliding_window > 0 else { return everything }
    switch family {
    case .mistral:
      return everything.map { _ in sliding_window }
    case .qwen2, .qwen3:
      guard use_sliding_window ?? false else { return everything }
      guard let layer_types else {
        let first = max_window_layers ?? 28
        return (0..<num_hidden_layers).map { $0 >= first ? sliding_window : nil }
      }
      guard layer_types.count == num_hidden_layers else {
        throw file.refused("layer_types names \(layer_types.count) of \(num_hidden_layers) layers")
      }
      var windows: [Int?] = []
      for type in layer_types {
        switch type {
        case "full_attention": windows.append(nil)
        case "sliding_attention": windows.append(sliding_window)
        default: throw file.refused("layer type '\(type)' is unknown")
        }
      }
      return windows
    case .llama, .gpt2:
      return everything
    }
  }
}
