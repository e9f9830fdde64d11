#if LibTorch
  import Testing
  import TorchEngine

  @testable import LanguageModels

  @Suite("config.json of GPT-2")
  struct GPT2ConfigurationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("the published file is the preset's shape")
    func published() throws {
      let seen = try read(
        #"""
        {"activation_function":"gelu_new","architectures":["GPT2LMHeadModel"],"attn_pdrop":0.1,
         "bos_token_id":50256,"embd_pdrop":0.1,"eos_token_id":50256,"initializer_range":0.02,
         "layer_norm_epsilon":1e-05,"model_type":"gpt2","n_ctx":1024,"n_embd":768,"n_head":12,
         "n_layer":12,"n_positions":1024,"resid_pdrop":0.1,"summary_activation":null,
         "task_specific_params":{"text-generation":{"do_sample":true,"max_length":50}},
         "vocab_size":50257}
        """#)
      #expect(seen == ModelPreset.gpt2.configuration(vocabularySize: 50_257))
      let short = try read(minimal(#""vocab_size":50257,"n_embd":768,"n_layer":12,"n_head":12"#))
      #expect(short == seen)
    }

    @Test("each setting arrives")
    func settings() throws {
      let seen = try read(
        minimal(
          sizes + #","n_inner":40,"n_positions":64,"layer_norm_epsilon":0.01,"#
            + #""tie_word_embeddings":false,"scale_attn_by_inverse_layer_idx":true"#))
      #expect(seen.feedForwardWidth == 40)
      #expect(seen.positionLimit == 64)
      #expect(seen.normalization == .layer(epsilon: 0.01))
      #expect(!seen.tiesHead)
      #expect(seen.attentionScale == .dividedByDepth(0.5))
      #expect((0..<2).map(seen.attentionScale.factor) == [0.5, 0.25])
      #expect(try read(minimal(sizes + #","n_inner":null"#)).feedForwardWidth == 48)
      let unscaled = try read(minimal(sizes + #","scale_attn_weights":false"#))
      #expect(unscaled.attentionScale == .uniform(1))
      // Half precision alone is computed otherwise.
      #expect(
        try read(minimal(sizes + #","reorder_and_upcast_attn":true"#)) == read(minimal(sizes)))
    }

    @Test(
      "the activations of transformers that are known",
      arguments: [
        ("gelu_new", FeedForward.plain(.geluTanh)), ("gelu_pytorch_tanh", .plain(.geluTanh)),
        ("gelu_fast", .plain(.geluTanh)), ("gelu", .plain(.gelu)), ("relu", .plain(.relu)),
      ])
    func activations(_ name: String, _ expected: FeedForward) throws {
      let seen = try read(minimal(sizes + #","activation_function":"\#(name)""#))
      #expect(seen.feedForward == expected)
    }

    @Test(
      "what Attune does not compute is refused by name",
      arguments: [
        (
          #""activation_function":"silu""#,
          "activation_function 'silu' is unknown; Attune knows gelu_new, gelu_pytorch_tanh, "
            + "gelu_fast, gelu, relu"
        ),
        (#""add_cross_attention":true"#, "add_cross_attention is true"),
        (#""n_inner":0"#, "n_inner is 0, below 1"),
        (#""n_positions":-5"#, "n_positions is -5, below 1"),
        (#""n_positions":2000000"#, "n_positions is 2000000, above 1048576"),
        (#""scale_attn_weights":1"#, "'scale_attn_weights' is not true or false"),
        (#""activation_function":7"#, "'activation_function' is not text"),
        (#""quantization_config":{}"#, "quantized"),
      ])
    func unknown(_ setting: String, _ sentence: String) {
      expectRefusal(minimal("\(sizes),\(setting)"), sentence)
    }

    @Test(
      "sizes that no model has are refused",
      arguments: [
        (#""vocab_size":0,"n_embd":12,"n_layer":2,"n_head":3"#, "vocab_size is 0, below 1"),
        (#""vocab_size":9,"n_embd":13,"n_layer":2,"n_head":3"#, "n_embd 13 is no multiple of 3"),
        (#""vocab_size":9,"n_embd":12,"n_layer":2,"n_head":0"#, "n_head is 0, below 1"),
        (
          #""vocab_size":9,"n_embd":9223372036854775807,"n_layer":2,"n_head":3"#,
          "n_embd is 9223372036854775807, above"
        ),
        (
          #""vocab_size":9,"n_embd":-9223372036854775807,"n_layer":2,"n_head":3"#,
          "n_embd is -9223372036854775807, below 1"
        ),
        (#""vocab_size":9,"n_embd":12,"n_layer":2"#, "lacks 'n_head'"),
        (#""vocab_size":9,"n_layer":2,"n_head":3"#, "lacks 'n_embd'"),
      ])
    func sizes(_ sizes: String, _ sentence: String) { expectRefusal(minimal(sizes), sentence) }

    /// Heads of width 4.
    private let sizes = #""vocab_size":50,"n_embd":12,"n_layer":2,"n_head":3"#

    private func minimal(_ fields: String) -> String {
      #"{"architectures":["GPT2LMHeadModel"],\#(fields)}"#
    }

    private func read(_ text: String) throws -> TransformerConfiguration {
      try folder.file("config.json", text.utf8)
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
