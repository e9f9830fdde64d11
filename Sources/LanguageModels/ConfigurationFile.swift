internal import PreferenceData

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension TransformerConfiguration {
  /// Reads a model directory's `config.json`.
  ///
  /// - Parameter directory: A model directory in the Hugging Face layout.
  /// - Throws: ``ModelError`` if the file is missing, malformed, or asks for what Attune does not
  ///   compute: an unknown architecture, activation, rotary scaling or quantization.
  public init(directory: String) throws(ModelError) {
    let path = "\(directory)/config.json"
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw .configuration(
        path: path, problem: "cannot be read; name a model directory in the Hugging Face layout")
    }
    // The decoder reports a number that does not fit as it does malformed text.
    guard case .object? = JSONValue(parsing: [UInt8](bytes)) else {
      throw .configuration(path: path, problem: "is not a JSON object")
    }
    let fields: ConfigurationFields
    do {
      fields = try JSONDecoder().decode(ConfigurationFields.self, from: bytes)
    } catch {
      throw .configuration(path: path, problem: sentence(for: error))
    }
    self = try fields.configuration(path: path)
  }
}

private func sentence(for error: any Error) -> String {
  func field(_ context: DecodingError.Context) -> String? {
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? nil : path
  }
  switch error as? DecodingError {
  case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
    guard let field = field(context) else { return "is not a JSON object" }
    return "'\(field)' is not \(words(for: type))"
  case .keyNotFound(let key, _):
    return "lacks '\(key.stringValue)'"
  case .dataCorrupted:
    return "holds a fraction, or a number too large, where a whole number belongs"
  case nil: return "cannot be understood: \(error)"
  @unknown default: return "cannot be understood: \(error)"
  }
}

private func words(for type: any Any.Type) -> String {
  switch type {
  case is Int.Type: "a whole number"
  case is Double.Type: "a number"
  case is Bool.Type: "true or false"
  case is String.Type: "text"
  case is [String].Type, is [Any].Type: "a list"
  default: "an object"
  }
}

/// What `config.json` holds, in the spellings of transformers 4 and 5.
private struct ConfigurationFields: Decodable {
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
  struct Anything: Decodable {
    init(from decoder: any Decoder) {}
  }

  var architectures: [String]?
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
  var quantization_config: Anything?

  /// No transformer is that wide, and products of two sizes stay far from overflowing.
  private static let largest = 1 << 20

  func configuration(path: String) throws(ModelError) -> TransformerConfiguration {
    func refused(_ problem: String) -> ModelError { .configuration(path: path, problem: problem) }
    let known = ModelFamily.allCases.map(\.rawValue).joined(separator: ", ")
    guard let name = architectures?.first else {
      throw refused("names no architecture; Attune knows \(known)")
    }
    guard let family = ModelFamily(rawValue: name) else {
      throw refused("architecture '\(name)' is unknown; Attune knows \(known)")
    }
    if quantization_config != nil {
      throw refused("the weights are quantized; use the unquantized checkpoint")
    }
    if let hidden_act, hidden_act != "silu" {
      throw refused("hidden_act '\(hidden_act)' is unknown; \(name) is computed with 'silu'")
    }
    let keyValueHeads = num_key_value_heads ?? num_attention_heads
    let sizes = [
      ("vocab_size", vocab_size), ("hidden_size", hidden_size),
      ("intermediate_size", intermediate_size), ("num_hidden_layers", num_hidden_layers),
      ("num_attention_heads", num_attention_heads), ("num_key_value_heads", keyValueHeads),
    ]
    for (key, size) in sizes {
      if size < 1 { throw refused("\(key) is \(size), below 1") }
      if size > Self.largest { throw refused("\(key) is \(size), above \(Self.largest)") }
    }
    guard num_attention_heads % keyValueHeads == 0 else {
      throw refused(
        "\(num_attention_heads) attention heads cannot share \(keyValueHeads) key–value heads")
    }
    guard head_dim != nil || hidden_size % num_attention_heads == 0 else {
      throw refused("hidden_size \(hidden_size) is no multiple of \(num_attention_heads) heads")
    }
    // Qwen 3 files of transformers 4 may leave the head width to the family's default.
    let headWidth = head_dim ?? (family == .qwen3 ? 128 : hidden_size / num_attention_heads)
    guard headWidth > 0, headWidth % 2 == 0, headWidth <= Self.largest else {
      throw refused("head width \(headWidth) is no even number from 2 to \(Self.largest)")
    }
    let layersAndWindows = try windows(family, refused)
    return TransformerConfiguration(
      family: family, vocabularySize: vocab_size, width: hidden_size,
      feedForwardWidth: intermediate_size, heads: num_attention_heads,
      keyValueHeads: keyValueHeads, headWidth: headWidth, windows: layersAndWindows,
      normalizationEpsilon: rms_norm_eps ?? 1e-6, rotary: try rotary(refused),
      hasQueryKeyValueBiases: family == .qwen2
        || (family != .mistral && attention_bias ?? false),
      hasOutputBias: (family == .llama || family == .qwen3) && attention_bias ?? false,
      hasFeedForwardBiases: family == .llama && mlp_bias ?? false,
      tiesHead: tie_word_embeddings ?? false,
      positionLimit: max_position_embeddings ?? 2048)
  }

  private func rotary(
    _ refused: (String) -> ModelError
  ) throws(ModelError) -> RotaryEmbedding {
    let fields = rope_parameters ?? rope_scaling
    if let part = fields?.partial_rotary_factor ?? partial_rotary_factor, part != 1 {
      throw refused("partial_rotary_factor \(part) is unknown; Attune rotates whole heads")
    }
    let base = rope_parameters?.rope_theta ?? rope_theta ?? 10_000
    func required<Value>(_ value: Value?, _ key: String) throws(ModelError) -> Value {
      guard let value else { throw refused("rotary scaling lacks '\(key)'") }
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
      throw refused("rotary scaling '\(other)' is unknown; Attune knows default, linear, llama3")
    }
  }

  private func windows(
    _ family: ModelFamily, _ refused: (String) -> ModelError
  ) throws(ModelError) -> [Int?] {
    let everything = [Int?](repeating: nil, count: num_hidden_layers)
    guard let sliding_window, sliding_window > 0 else { return everything }
    switch family {
    case .llama:
      return everything
    case .mistral:
      return everything.map { _ in sliding_window }
    case .qwen2, .qwen3:
      guard use_sliding_window ?? false else { return everything }
      guard let layer_types else {
        let first = max_window_layers ?? 28
        return (0..<num_hidden_layers).map { $0 >= first ? sliding_window : nil }
      }
      guard layer_types.count == num_hidden_layers else {
        throw refused("layer_types names \(layer_types.count) of \(num_hidden_layers) layers")
      }
      var windows: [Int?] = []
      for type in layer_types {
        switch type {
        case "full_attention": windows.append(nil)
        case "sliding_attention": windows.append(sliding_window)
        default: throw refused("layer type '\(type)' is unknown")
        }
      }
      return windows
    }
  }
}
