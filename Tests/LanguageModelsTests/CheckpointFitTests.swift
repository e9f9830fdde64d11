#if LibTorch
  import Foundation
  import PreferenceData
  import Testing
  import Tokenization
  import TorchEngine

  @testable import LanguageModels

  /// Weights that do not fit `config.json`.
  @Suite("Checkpoint and configuration")
  struct CheckpointFitTests {
    private let folder: TemporaryFolder
    private let model: String
    private let weights: String

    init() throws {
      folder = try TemporaryFolder()
      model = try Fixture.copy("llama_gqa_untied", into: folder)
      weights = "\(model)/model.safetensors"
    }

    @Test("a missing tensor is named with its shape")
    func missing() throws {
      try rewrite { $0["model.layers.1.self_attn.k_proj.weight"] = nil }
      expectRefusal(
        "tensor 'model.layers.1.self_attn.k_proj.weight' of shape [16, 32] is missing")
    }

    @Test("a surplus tensor is named")
    func surplus() throws {
      try rewrite { $0["model.layers.0.self_attn.q_proj.bias"] = try Tensor([1, 2] as [Float]) }
      expectRefusal(
        "tensor 'model.layers.0.self_attn.q_proj.bias' is not part of this architecture")
    }

    @Test("a wrong shape is named with the right one")
    func wrongShape() throws {
      try rewrite { tensors in
        let name = "model.layers.0.mlp.up_proj.weight"
        tensors[name] = try tensors[name]?.reshaped([32, 48])
      }
      expectRefusal(
        "tensor 'model.layers.0.mlp.up_proj.weight' has shape [32, 48], but config.json makes it "
          + "[48, 32]")
    }

    @Test("of many problems the first five are told and the rest counted")
    func many() throws {
      // Three layers asked for and two there: nine tensors are missing.
      try changeConfiguration(model, ["num_hidden_layers": .number(3)])
      expectRefusal("'model.layers.2.input_layernorm.weight' of shape [32] is missing; tensor")
      expectRefusal("; and 4 more")
    }

    @Test("one layer fewer than the weights have is refused too")
    func fewerLayers() throws {
      try changeConfiguration(model, ["num_hidden_layers": .number(1)])
      expectRefusal("tensor 'model.layers.1.input_layernorm.weight' is not part")
    }

    @Test("a tied head's copy and old rotary buffers are no parameters")
    func redundant() throws {
      try changeConfiguration(model, ["tie_word_embeddings": .boolean(true)])
      try rewrite {
        $0["model.layers.0.self_attn.rotary_emb.inv_freq"] = try Tensor([1] as [Float])
      }
      let read = try CausalLanguageModel(directory: model)
      #expect(!read.parameters.names.contains("lm_head.weight"))
      #expect(read.parameters.names.count == 2 + 2 * 9)
    }

    @Test("a prefix that all names lack is not missed, as in transformers")
    func withoutPrefix() throws {
      let expected = try scores()
      try rewrite { tensors in
        tensors = Dictionary(
          uniqueKeysWithValues: tensors.map {
            ($0.key.hasPrefix("model.") ? String($0.key.dropFirst(6)) : $0.key, $0.value)
          })
      }
      #expect(try scores() == expected)
      let names = try CausalLanguageModel(directory: model).parameters.names
      #expect(names.first == "embed_tokens.weight")
      #expect(names.last == "lm_head.weight")
      try rewrite { $0["norm.weight"] = nil }
      expectRefusal("tensor 'norm.weight' of shape [32] is missing")
    }

    @Test("of GPT-2, shapes are told as the file has them, and masks are no parameters")
    func gpt2() throws {
      let folder = try TemporaryFolder()
      let path = try Fixture.copy("gpt2_published", into: folder)
      var tensors = try tensors(of: path)
      #expect(tensors["h.0.attn.bias"] != nil)
      tensors["h.1.attn.masked_bias"] = try Tensor([-1e4] as [Float])
      try SafetensorsWriter.write(tensors, to: "\(path)/model.safetensors")
      let parameters = try CausalLanguageModel(directory: path).parameters
      #expect(parameters.names.count == 2 + 2 * 12 + 2)
      #expect(parameters["h.0.attn.c_attn.weight"].shape == [72, 24])
      #expect(
        parameters.plainNames.allSatisfy { $0.hasSuffix(".bias") || $0.contains("ln_") })
      #expect(parameters.decayedNames.prefix(2) == ["wte.weight", "wpe.weight"])

      tensors["h.0.attn.c_attn.weight"] = parameters["h.0.attn.c_attn.weight"]
      tensors["h.0.attn.c_proj.bias"] = nil
      try SafetensorsWriter.write(tensors, to: "\(path)/model.safetensors")
      let error = #expect(throws: ModelError.self) { try CausalLanguageModel(directory: path) }
      #expect(
        error?.description
          == "\(path): the weights do not fit config.json: tensor 'h.0.attn.c_attn.weight' has shape "
          + "[72, 24], but config.json makes it [24, 72]; tensor 'h.0.attn.c_proj.bias' of shape [24] "
          + "is missing")
    }

    @Test("an untied head that is missing is named")
    func missingHead() throws {
      try rewrite { $0["lm_head.weight"] = nil }
      expectRefusal("tensor 'lm_head.weight' of shape [160, 32] is missing")
    }

    @Test("a damaged weight file is refused by its path, an unreadable format by its tensor")
    func damaged() throws {
      let bytes = try Data(contentsOf: URL(filePath: weights))
      try bytes.dropLast(100).write(to: URL(filePath: weights))
      let error = #expect(throws: EngineError.self) { try CausalLanguageModel(directory: model) }
      #expect(error?.description.hasPrefix("\(weights): not a whole safetensors file") == true)
      try bytes.write(to: URL(filePath: weights))
      try rewrite { $0["model.norm.weight"] = try $0["model.norm.weight"]?.converted(to: .int64) }
      let format = #expect(throws: EngineError.self) { try CausalLanguageModel(directory: model) }
      #expect(
        format?.description.contains("tensor 'model.norm.weight' is stored as I64") == true)
    }

    @Test("matrices are decayed; norms and biases are not")
    func decayed() throws {
      let parameters = try CausalLanguageModel(directory: Fixture.directory("qwen2")).parameters
      let names = parameters.names.filter { parameters[$0].shape.count > 1 }
      #expect(parameters.decayedNames == names)
      #expect(names.allSatisfy { !$0.contains("norm") && $0.hasSuffix("weight") })
      #expect(
        Set(parameters.decayedNames + parameters.plainNames) == Set(parameters.names))
      #expect(
        parameters.count
          == parameters.names.reduce(0) { $0 + parameters[$1].shape.reduce(1, *) })
    }

    private func scores() throws -> [Float] {
      let batch = PackedBatch([[.init(prompt: [1, 2], completion: [3, 4, 5])]])
      return try CausalLanguageModel(directory: model).logProbabilities(of: batch).logProbabilities
    }

    private func rewrite(_ change: (inout [String: Tensor]) throws -> Void) throws {
      var tensors = try tensors(of: model)
      try change(&tensors)
      try SafetensorsWriter.write(tensors, to: weights)
    }

    private func expectRefusal(
      _ sentence: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
      let error = #expect(throws: ModelError.self, sourceLocation: sourceLocation) {
        try CausalLanguageModel(directory: model)
      }
      guard let error else { return }
      #expect(
        error.description.hasPrefix("\(model): the weights do not fit config.json: "),
        sourceLocation: sourceLocation)
      #expect(error.description.contains(sentence), sourceLocation: sourceLocation)
    }
  }
#endif
