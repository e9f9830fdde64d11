#if LibTorch
  import Foundation
  import PreferenceData
  import Testing
  import Tokenization
  import TorchEngine

  @testable import LanguageModels

  @Suite("Saving a model")
  struct SavingTests {
    private let folder: TemporaryFolder
    private let out: String

    init() throws {
      folder = try TemporaryFolder()
      out = "\(folder.path)/out"
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    }

    @Test(
      "reads back bit for bit, whatever the source was stored as",
      arguments: [
        "llama_gqa_untied", "llama_bfloat16", "llama_sharded", "qwen3", "llama_biases", "gpt2",
        "gpt2_published", "gpt2_relu",
      ])
    func roundTrip(_ name: String) throws {
      let model = try CausalLanguageModel(directory: Fixture.directory(name))
      try model.write(to: out, companionsFrom: Fixture.directory(name))
      let back = try CausalLanguageModel(directory: out)
      #expect(back.configuration == model.configuration)
      #expect(back.parameters.names == model.parameters.names)
      for name in model.parameters.names {
        let seen = try back.parameters[name].values(as: Float.self).map(\.bitPattern)
        #expect(try seen == model.parameters[name].values(as: Float.self).map(\.bitPattern))
      }
      let checkpoint = try SafetensorsCheckpoint(directory: out)
      #expect(checkpoint.names.allSatisfy { checkpoint.format(of: $0) == "F32" })
    }

    @Test(
      "GPT-2 is saved under the names and in the layout that it came in",
      arguments: ["gpt2", "gpt2_published"])
    func conv1D(_ name: String) throws {
      let source = try SafetensorsCheckpoint(directory: Fixture.directory(name))
      let model = try CausalLanguageModel(directory: Fixture.directory(name))
      // A graph that ends in a weight must not keep it from being written.
      try model.parameters.requireGradients()
      try model.write(to: out, companionsFrom: Fixture.directory(name))
      let saved = try SafetensorsCheckpoint(directory: out)
      #expect(saved.names == source.names.filter { !$0.hasSuffix(".attn.bias") })
      for name in saved.names {
        #expect(saved.shape(of: name) == source.shape(of: name))
        #expect(
          try saved.tensor(name).values(as: Float.self)
            == source.tensor(name).values(as: Float.self), "\(name)")
      }
    }

    @Test("config.json keeps what Attune does not know, and says float32")
    func configuration() throws {
      let source = try Fixture.copy("llama_bfloat16", into: folder)
      try changeConfiguration(source, ["house_rule": .array([.number(1), .null])])
      let before = try fields(source)
      try CausalLanguageModel(directory: source).write(to: out, companionsFrom: source)
      let after = try fields(out)
      #expect(before["dtype"] == .string("bfloat16"))
      #expect(after["dtype"] == .string("float32"))
      #expect(after["house_rule"] == .array([.number(1), .null]))
      #expect(after.members.map(\.name) == before.members.map(\.name))
      for member in before.members where member.name != "dtype" {
        #expect(after[member.name] == member.value)
      }
    }

    @Test("the older name of the number format is changed where it is used")
    func olderName() throws {
      let source = try Fixture.copy("llama", into: folder)
      let model = try CausalLanguageModel(directory: source)
      for names in [["torch_dtype"], ["dtype"], ["dtype", "torch_dtype"], []] {
        try changeConfiguration(source, [:], removing: ["dtype", "torch_dtype"])
        try changeConfiguration(
          source, Dictionary(uniqueKeysWithValues: names.map { ($0, .string("float16")) }))
        try model.write(to: out, companionsFrom: source)
        let seen = try fields(out)
        for name in ["dtype", "torch_dtype"] {
          let isExpected = names.contains(name) || (names.isEmpty && name == "dtype")
          #expect(seen[name] == (isExpected ? .string("float32") : nil))
        }
      }
    }

    @Test("a tied head is saved once")
    func tied() throws {
      let model = try CausalLanguageModel(directory: Fixture.directory("llama"))
      try model.write(to: out, companionsFrom: Fixture.directory("llama"))
      let names = try SafetensorsCheckpoint(directory: out).names
      #expect(names.contains("model.embed_tokens.weight"))
      #expect(!names.contains("lm_head.weight"))
    }

    @Test("the tokenizer's files come along unchanged, and nothing else does")
    func companions() throws {
      let source = try Fixture.copy("llama", into: folder)
      let tokenizer = Data(#"{"model": {"type":"BPE"}, "é":1}"#.utf8)
      try tokenizer.write(to: URL(filePath: "\(source)/tokenizer.json"))
      try Data("{}".utf8).write(to: URL(filePath: "\(source)/tokenizer_config.json"))
      try CausalLanguageModel(directory: source).write(to: out, companionsFrom: source)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: out).sorted()
          == ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"])
      #expect(try Data(contentsOf: URL(filePath: "\(out)/tokenizer.json")) == tokenizer)
    }

    @Test(
      "a fresh model gets a config.json of its own, which says what the model is",
      arguments: [ModelPreset.nano, .gpt2])
    func fresh(_ preset: ModelPreset) throws {
      let source = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../TokenizationTests/Fixtures/llama3").standardized.path
      let tokenizer = try Tokenizer(directory: source)
      var shape = preset.configuration(vocabularySize: tokenizer.vocabularySize)
      // Large enough to tell the layers apart, and quickly written.
      shape.windows = [nil, nil]
      let model = try CausalLanguageModel(fresh: shape, seed: 3)
      try model.write(to: out, tokenizer: tokenizer, from: source)
      let back = try CausalLanguageModel(directory: out)
      #expect(back.configuration == shape)
      let batch = PackedBatch([[.init(prompt: [1, 2], completion: [3, 4, 5])]])
      #expect(
        try back.logProbabilities(of: batch).logProbabilities
          == model.logProbabilities(of: batch).logProbabilities)
      let config = try fields(out)
      #expect(config["bos_token_id"] == .number(560))
      #expect(config["eos_token_id"] == .number(561))
      #expect(config["pad_token_id"] == .null)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: out).sorted()
          == [
            "config.json", "generation_config.json", "model.safetensors", "tokenizer.json",
            "tokenizer_config.json",
          ])
      #expect(try Tokenizer(directory: out).encode("wide") == tokenizer.encode("wide"))
    }

    @Test("a source whose config.json is no object is refused by its path")
    func damagedSource() throws {
      let model = try CausalLanguageModel(directory: Fixture.directory("llama"))
      try folder.file("config.json", "[1]".utf8)
      let error = #expect(throws: ModelError.self) {
        try model.write(to: out, companionsFrom: folder.path)
      }
      #expect(error?.description == "\(folder.path)/config.json: is not a JSON object")
    }

    @Test("a folder that is not there is refused")
    func missingFolder() throws {
      let model = try CausalLanguageModel(directory: Fixture.directory("llama"))
      #expect(throws: (any Error).self) {
        try model.write(to: "\(folder.path)/nowhere", companionsFrom: folder.path)
      }
    }

    private func fields(_ directory: String) throws -> JSONObject {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(directory)/config.json")))
      guard case .object(let fields)? = JSONValue(parsing: bytes) else {
        Issue.record("no JSON object")
        return [:]
      }
      return fields
    }
  }
#endif
