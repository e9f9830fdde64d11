#if LibTorch
  import Foundation
  import Testing
  import Tokenization
  import TorchEngine

  @testable import LanguageModels

  /// The gradient of every parameter against LibTorch's own, through transformers' network.
  ///
  /// Recorded are two numbers for each tensor of the files: the norm, and a sum with the cosines of
  /// 0, 1, 2, …, which an entry at the wrong place would change.
  @Suite("Gradients of families")
  struct GradientParityTests {
    static let fixtures = [
      "gpt2", "gpt2_gelu", "gpt2_published", "gpt2_relu", "llama_biases", "llama_gqa_untied",
      "qwen3",
    ]

    @Test("each parameter's gradient equals transformers'", arguments: fixtures)
    func parity(_ name: String) throws {
      let model = try CausalLanguageModel(directory: Fixture.directory(name))
      try model.parameters.requireGradients()
      let batch = PackedBatch(
        try Fixture.recorded(name).map { [.init(prompt: [], completion: $0.ids)] })
      let scored = try model.logProbabilities(of: batch)
      try model.backward(
        seed: batch.targets.indices.map { sin(Double($0 + 1)) }, through: scored)

      let recorded = try recordedGradients(name)
      #expect(Set(model.parameters.names) == Set(recorded.keys))
      for slot in WeightMapping(model.configuration, present: model.parameters.names).slots {
        let name = slot.name
        let expected = try #require(recorded[name], "\(name)")
        var gradient = try #require(try model.parameters[name].gradient(), "\(name)")
        if slot.isTransposed { gradient = try gradient.transposed() }
        let values = try gradient.values(as: Double.self)
        let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let wave = values.enumerated().reduce(0) { $0 + cos(Double($1.offset)) * $1.element }
        // Single precision on both sides; seen at most: 2.4e-6 of the norm.
        #expect(abs(norm - expected[0]) < 2e-5 * expected[0], "\(name)")
        #expect(abs(wave - expected[1]) < 2e-5 * expected[0], "\(name)")
      }
    }

    private func recordedGradients(_ name: String) throws -> [String: [Double]] {
      struct File: Decodable { var gradients: [String: [Double]] }
      let path = "\(Fixture.directory(name))/gradients.json"
      return try JSONDecoder().decode(File.self, from: Data(contentsOf: URL(filePath: path)))
        .gradients
    }
  }
#endif
