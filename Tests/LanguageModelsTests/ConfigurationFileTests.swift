#if LibTorch
  import Foundation
  import Testing

  @testable import LanguageModels

  @Suite("config.json")
  struct ConfigurationFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a published Llama 3 configuration, in the spellings of transformers 4 and 5")
    func spellings() throws {
      let old = try read(
        #"""
        {"architectures":["LlamaForCausalLM"],"attention_bias":false,"hidden_act":"silu",
         "hidden_size":4096,"intermediate_size":14336,"max_position_embeddings":131072,
         "num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,
         "rms_norm_eps":1e-05,"rope_theta":500000.0,"tie_word_embeddings":false,
         "rope_scaling":{"factor":8.0,"low_freq_factor":1.0,"high_freq_factor":4.0,
           "original_max_position_embeddings":8192,"rope_type":"llama3"},
         "torch_dtype":"bfloat16","vocab_size":128256}
        """#)
      let new = try read(
        #"""
        {"architectures":["LlamaForCausalLM"],"attention_bias":false,"hidden_act":"silu",
         "hidden_size":4096,"intermediate_size":14336,"max_position_embeddings":131072,
         "num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,
         "rms_norm_eps":1e-05,"tie_word_embeddings":false,
         "rope_parameters":{"rope_theta":500000.0,"factor":8.0,"low_freq_factor":1.0,
           "high_freq_factor":4.0,"original_max_position_embeddings":8192,"rope_type":"llama3"},
         "dtype":"bfloat16","vocab_size":128256}
        """#)
      #expect(old == new)
      #expect(
        old
          == TransformerConfiguration(
            family: .llama, vocabularySize: 128_256, width: 4096, feedForwardWidth: 14336,
            heads: 32, keyValueHeads: 8, headWidth: 128,
            windows: Array(repeating: nil, count: 32),
            attentionScale: .uniform(1 / 128.0.squareRoot()),
            normalization: .rootMeanSquare(epsilon: 1e-5), feedForward: .gated,
            positions: .rotary(
              RotaryEmbedding(
                base: 500_000,
                scaling: .llama3(
                  factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContext: 8192)
              )),
            hasQueryKeyValueBiases: false, hasOutputBias: false, hasFeedForwardBiases: false,
            tiesHead: false, positionLimit: 131_072))
    }

    @Test("what a file leaves out is taken as transformers takes it")
    func defaults() throws {
      let seen = try read(minimal)
      #expect(seen.keyValueHeads == 4)
      #expect(seen.headWidth == 8)
      #expect(seen.normalization == .rootMeanSquare(epsilon: 1e-6))
      #expect(seen.positions == .rotary(RotaryEmbedding(base: 10_000)))
      #expect(!seen.tiesHead)
      #expect(seen.windows == [nil, nil])
      #expect(try read(minimal, family: "Qwen3ForCausalLM").headWidth == 128)
      #expect(try read(minimal, family: "Qwen2ForCausalLM").hasQueryKeyValueBiases)
    }

    @Test("windows lie where each family has them")
    func windows() throws {
      func windows(_ family: String, _ keys: String) throws -> [Int?] {
        try read(minimal.dropLast() + "," + keys + "}", family: family).windows
      }
      #expect(try windows("LlamaForCausalLM", #""sliding_window":4"#) == [nil, nil])
      #expect(try windows("MistralForCausalLM", #""sliding_window":4"#) == [4, 4])
      #expect(try windows("MistralForCausalLM", #""sliding_window":null"#) == [nil, nil])
      let qwen = "Qwen2ForCausalLM"
      #expect(try windows(qwen, #""sliding_window":4,"max_window_layers":0"#) == [nil, nil])
      let on = #""use_sliding_window":true,"sliding_window":4"#
      #expect(try windows(qwen, on) == [nil, nil])
      #expect(try windows(qwen, on + #","max_window_layers":1"#) == [nil, 4])
      #expect(
        try windows(qwen, on + #","layer_types":["sliding_attention","full_attention"]"#)
          == [4, nil])
    }

    @Test(
      "what Attune does not compute is refused by name",
      arguments: [
        (
          #""architectures":["BertModel"]"#,
          "architecture 'BertModel' is unknown; Attune knows Llama"
        ),
        (#""architectures":[]"#, "names no architecture; Attune knows LlamaForCausalLM, Mistral"),
        (#""quantization_config":{"bits":4}"#, "quantized; use the unquantized checkpoint"),
        (#""rope_scaling":{"rope_type":"yarn","factor":4}"#, "rotary scaling 'yarn' is unknown"),
        (
          #""rope_scaling":{"type":"dynamic","factor":2}"#,
          "'dynamic' is unknown; Attune knows default"
        ),
        (#""rope_parameters":{"rope_type":"longrope"}"#, "'longrope' is unknown"),
        (#""rope_scaling":{"type":"linear"}"#, "rotary scaling lacks 'factor'"),
        (#""rope_scaling":{"type":"llama3","factor":8}"#, "lacks 'low_freq_factor'"),
        (#""partial_rotary_factor":0.5"#, "partial_rotary_factor 0.5 is unknown"),
        (#""rope_parameters":{"partial_rotary_factor":0.25}"#, "rotates whole heads"),
        (
          #""hidden_act":"gelu""#, "hidden_act 'gelu' is unknown; LlamaForCausalLM is computed with"
        ),
      ])
    func unknown(_ change: String, _ sentence: String) throws {
      expectRefusal(replacing(change), sentence)
    }

    @Test("layers are counted and named right")
    func layerTypes() throws {
      let on =
        minimal.replacing("LlamaFor", with: "Qwen2For").dropLast()
        + #","use_sliding_window":true,"sliding_window":4,"#
      expectRefusal(on + #""layer_types":["full_attention"]}"#, "layer_types names 1 of 2 layers")
      expectRefusal(
        on + #""layer_types":["full_attention","linear_attention"]}"#,
        "layer type 'linear_attention' is unknown")
    }

    @Test(
      "sizes that no model has are refused",
      arguments: [
        (#""vocab_size":0"#, "vocab_size is 0, below 1"),
        (#""num_hidden_layers":-1"#, "num_hidden_layers is -1, below 1"),
        (#""num_hidden_layers":1000000000000"#, "num_hidden_layers is 1000000000000, above"),
        (#""hidden_size":9223372036854775807"#, "hidden_size is 9223372036854775807, above"),
        (#""num_key_value_heads":3"#, "4 attention heads cannot share 3 key–value heads"),
        (#""hidden_size":33"#, "hidden_size 33 is no multiple of 4 heads"),
        (#""head_dim":7"#, "head width 7 is no even number"),
        (#""head_dim":0"#, "head width 0 is no even number"),
        (#""head_dim":-2"#, "head width -2 is no even number"),
        (#""hidden_size":4.5"#, "holds a fraction, or a number too large"),
        (#""hidden_size":1e30"#, "holds a fraction, or a number too large"),
        (#""hidden_size":"32""#, "'hidden_size' is not a whole number"),
        (#""hidden_size":null"#, "'hidden_size' is not a whole number"),
        (#""attention_bias":1"#, "'attention_bias' is not true or false"),
        (#""architectures":"Llama""#, "'architectures' is not a list"),
        (#""rope_scaling":{"type":3}"#, "'rope_scaling.type' is not text"),
        (#""rope_scaling":[]"#, "'rope_scaling' is not an object"),
        (#""rope_theta":"big""#, "'rope_theta' is not a number"),
      ])
    func sizes(_ change: String, _ sentence: String) throws {
      expectRefusal(replacing(change), sentence)
    }

    @Test(
      "a key that is missing is named",
      arguments: [
        "vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers",
        "num_attention_heads",
      ])
    func missingKey(_ key: String) throws {
      expectRefusal(minimal.replacing("\"\(key)\"", with: "\"other\""), "lacks '\(key)'")
    }

    @Test(
      "what is no JSON object is refused", arguments: ["", "{", "[]", "7", "null", "{]", "\u{0}"])
    func malformed(_ text: String) throws {
      expectRefusal(text, "is not a JSON object")
    }

    @Test("a directory without config.json is refused")
    func missingFile() {
      let error = #expect(throws: ModelError.self) {
        try TransformerConfiguration(directory: "\(folder.path)/nowhere")
      }
      #expect(
        error?.description
          == "\(folder.path)/nowhere/config.json: cannot be read; name a model directory in the "
          + "Hugging Face layout")
    }

    private let minimal =
      #"{"architectures":["LlamaForCausalLM"],"vocab_size":50,"hidden_size":32,"#
      + #""intermediate_size":48,"num_hidden_layers":2,"num_attention_heads":4}"#

    /// The minimal file with one key's value replaced, or the key added.
    private func replacing(_ change: String) -> String {
      let key = change.prefix { $0 != ":" }
      guard let start = minimal.range(of: key + ":") else {
        return minimal.dropLast() + ",\(change)}"
      }
      let rest = minimal[start.upperBound...]
      let end = rest.firstIndex { rest.hasPrefix("[") ? $0 == "]" : $0 == "," || $0 == "}" }
      let tail = end.map { rest[$0] == "]" ? rest[rest.index(after: $0)...] : rest[$0...] } ?? ""
      return minimal[..<start.lowerBound] + change + tail
    }

    private func read(
      _ text: String, family: String = "LlamaForCausalLM"
    ) throws -> TransformerConfiguration {
      try folder.file(
        "config.json", text.replacing("LlamaForCausalLM", with: family).utf8)
      return try TransformerConfiguration(directory: folder.path)
    }

    private func expectRefusal(
      _ text: String, _ sentence: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
      let error = #expect(throws: ModelError.self, sourceLocation: sourceLocation) {
        try read(text)
      }
      guard let error else { return }
      #expect(
        error.description.hasPrefix("\(folder.path)/config.json: "), sourceLocation: sourceLocation)
      #expect(error.description.contains(sentence), sourceLocation: sourceLocation)
    }
  }
#endif
