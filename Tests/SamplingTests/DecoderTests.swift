#if LibTorch
  import Foundation
  import LanguageModels
  import Testing
  import Tokenization
  import TorchEngine

  /// The decoder beside the pass that training makes, and beside transformers.
  @Suite("Decoding with a cache")
  struct DecoderTests {
    private static let models = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../LanguageModelsTests/Fixtures").standardizedFileURL

    static let families = [
      "llama", "llama_gqa_untied", "llama_biases", "llama_head_dim", "llama_rope_llama3",
      "llama_rope_linear", "mistral", "mistral_window", "qwen2", "qwen2_window", "qwen3", "gpt2",
      "gpt2_gelu", "gpt2_gelu_uniform", "gpt2_relu", "smollm",
    ]

    private func model(_ name: String) throws -> CausalLanguageModel {
      try CausalLanguageModel(directory: Self.models.appending(path: name).path)
    }

    private func ids(_ count: Int, seed: Int) -> [Int32] {
      (0..<count).map { Int32(2 + ($0 * $0 * 31 + seed * 17 + $0 * 7) % 90) }
    }

    /// Logits less their largest: what a softmax sees.
    private func relative(_ logits: some Collection<Float>) -> [Float] {
      let top = logits.max() ?? 0
      return logits.map { $0 - top }
    }

    private func logits(_ tensor: Tensor) throws -> [[Float]] {
      let (values, width) = (try tensor.values(as: Float.self), tensor.shape[1])
      return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
    }

    @Test("what follows is what the whole pass says", arguments: families)
    func agreement(name: String) throws {
      let model = try model(name)
      let sequences = [ids(23, seed: 1), ids(5, seed: 2), ids(41, seed: 3)]
      let expected = try model.nextTokens(after: sequences)
      let decoder = try model.decoder(slots: 3, capacity: 48)
      // The beginning at once, of all together; the rest token by token.
      let before = sequences.map { max(1, $0.count / 2) }
      _ = try decoder.step(
        zip(sequences, before).enumerated().flatMap { slot, pair in
          pair.0.prefix(pair.1).enumerated().map {
            Decoder.Input(slot: slot, position: $0, token: $1)
          }
        }, wanted: [])
      for (slot, sequence) in sequences.enumerated() {
        var last: [Float] = []
        for position in before[slot]..<sequence.count {
          last = try logits(
            decoder.step(
              [.init(slot: slot, position: position, token: sequence[position])], wanted: [0]))[0]
        }
        for (seen, expected) in zip(relative(last), relative(expected[slot])) {
          #expect(abs(seen - expected) < 2e-5)
        }
      }
    }

    @Test("greedy continuations are those of transformers, token for token")
    func greedy() throws {
      struct File: Decodable {
        struct Case: Decodable {
          let model: String
          let prompt: [Int32]
          let tokens: [Int32]
        }
        let cases: [Case]
      }
      let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/greedy.json")
      let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: path))
      #expect(Set(file.cases.map(\.model)).isSuperset(of: Self.families))
      for (name, cases) in Dictionary(grouping: file.cases, by: \.model) {
        let model = try model(name)
        for one in cases {
          let decoder = try model.decoder(
            slots: 1, capacity: one.prompt.count + one.tokens.count)
          var (inputs, tokens) = (one.prompt, [Int32]())
          var draw = TokenDraw()
          draw.temperature = 0
          while tokens.count < one.tokens.count {
            let start = one.prompt.count + tokens.count - inputs.count
            let logits = try decoder.step(
              inputs.enumerated().map { .init(slot: 0, position: start + $0, token: $1) },
              wanted: [inputs.count - 1])
            tokens.append(try logits.drawing([draw])[0].id)
            inputs = tokens.suffix(1)
          }
          #expect(tokens == one.tokens, "\(name), a prompt of \(one.prompt.count)")
        }
      }
    }

    @Test("a sequence's logits do not depend on those beside it, to the last bit")
    func invariance() throws {
      let model = try model("llama_gqa_untied")
      let sequences = (0..<7).map { ids(6, seed: $0) }
      func all(_ slots: [Int]) throws -> [[Float]] {
        let decoder = try model.decoder(slots: 7, capacity: 8)
        var last: [[Float]] = []
        for position in 0..<6 {
          last = try logits(
            decoder.step(
              slots.map { .init(slot: $0, position: position, token: sequences[$0][position]) },
              wanted: Array(slots.indices)))
        }
        return last
      }
      let together = try all(Array(0..<7))
      for slot in 0..<7 { #expect(try all([slot])[0] == together[slot]) }
      #expect(try all([5, 2, 0]) == [together[5], together[2], together[0]])
    }

    @Test(
      "nor on how many tokens come in at a time",
      arguments: ["llama_gqa_untied", "mistral_window", "qwen3", "gpt2"])
    func batches(name: String) throws {
      let model = try model(name)
      let sequences = (0..<3).map { ids(45, seed: $0) }
      func all(_ rows: Int) throws -> [[Float]] {
        let decoder = try model.decoder(slots: 3, capacity: 46)
        let inputs = sequences.enumerated().flatMap { slot, sequence in
          sequence.enumerated().map { Decoder.Input(slot: slot, position: $0, token: $1) }
        }
        for start in stride(from: 0, to: inputs.count, by: rows) {
          _ = try decoder.step(
            Array(inputs[start..<min(inputs.count, start + rows)]), wanted: [])
        }
        return try logits(
          decoder.step(
            (0..<3).map { .init(slot: $0, position: 45, token: 7) }, wanted: [0, 1, 2]))
      }
      let together = try all(135)
      for rows in [1, 2, 3, 5, 8, 11, 46] { #expect(try all(rows) == together) }
    }

    @Test("a copied beginning is shared until one of the two goes on, and both go on their own way")
    func sharing() throws {
      let model = try model("llama")
      // A whole block of the cache and some of the next.
      let (prompt, ends) = (ids(70, seed: 1), [ids(70, seed: 2), ids(70, seed: 3)])
      func inputs(_ tokens: some Collection<Int32>, from start: Int, slot: Int) -> [Decoder.Input] {
        tokens.enumerated().map { .init(slot: slot, position: start + $0, token: $1) }
      }
      let alone = try ends.map { end in
        let decoder = try model.decoder(slots: 1, capacity: 140)
        _ = try decoder.step(inputs(prompt, from: 0, slot: 0), wanted: [])
        return try logits(decoder.step(inputs(end, from: 70, slot: 0), wanted: [69]))[0]
      }
      let decoder = try model.decoder(slots: 2, capacity: 140)
      _ = try decoder.step(inputs(ends[0] + ends[1], from: 0, slot: 1), wanted: [])
      _ = try decoder.step(inputs(prompt, from: 0, slot: 0), wanted: [])
      decoder.copy(from: 0, to: 1, tokens: 70)
      for turn in 0..<2 {
        let both = try logits(
          decoder.step(
            inputs(ends[0], from: 70, slot: turn) + inputs(ends[1], from: 70, slot: 1 - turn),
            wanted: [69, 139]))
        #expect(both == alone)
      }
      // Another sequence in the slot of the first leaves the second as it is.
      _ = try decoder.step(inputs(ends[1], from: 0, slot: 0), wanted: [])
      #expect(
        try logits(decoder.step(inputs(ends[0], from: 70, slot: 1), wanted: [69]))[0] == alone[0])
    }

    @Test("a token that is not there cannot be asked for, nor one beyond the room")
    func preconditions() async throws {
      await #expect(processExitsWith: .failure) {
        _ = try DecoderTests().model("llama").decoder(slots: 1, capacity: 4)
          .step([.init(slot: 0, position: 0, token: 5)], wanted: [1])
      }
      await #expect(processExitsWith: .failure) {
        _ = try DecoderTests().model("llama").decoder(slots: 1, capacity: 4)
          .step([.init(slot: 0, position: 4, token: 5)], wanted: [0])
      }
      await #expect(processExitsWith: .failure) {
        try DecoderTests().model("llama").decoder(slots: 2, capacity: 4)
          .copy(from: 0, to: 2, tokens: 1)
      }
    }

    @Test("a copied beginning goes on as the original does")
    func copies() throws {
      let model = try model("qwen3")
      let sequence = ids(9, seed: 4)
      let decoder = try model.decoder(slots: 2, capacity: 10)
      _ = try decoder.step(
        sequence.prefix(8).enumerated().map { .init(slot: 0, position: $0, token: $1) }, wanted: [])
      decoder.copy(from: 0, to: 1, tokens: 8)
      let both = try logits(
        decoder.step(
          (0..<2).map { .init(slot: $0, position: 8, token: sequence[8]) }, wanted: [0, 1]))
      #expect(both[0] == both[1])
    }

    @Test("a decoder follows its model's training")
    func training() throws {
      let model = try model("llama")
      let decoder = try model.decoder(slots: 1, capacity: 4)
      let input = [Decoder.Input(slot: 0, position: 0, token: 5)]
      let before = try logits(decoder.step(input, wanted: [0]))
      try model.parameters.requireGradients()
      let optimizer = try AdamW(
        decayed: model.parameters.names.map { model.parameters[$0] }, plain: [], weightDecay: 0,
        beta1: 0.9, beta2: 0.99, epsilon: 1e-8)
      let batch = PackedBatch([[.init(prompt: [5], completion: [6, 7])]])
      let scored = try model.logProbabilities(of: batch)
      try model.backward(seed: [-1, -1], through: scored)
      try optimizer.update(learningRate: 0.01)
      let after = try logits(decoder.step(input, wanted: [0]))
      #expect(after != before)
      let expected = try model.nextTokens(after: [[5]])
      for (seen, expected) in zip(relative(after[0]), relative(expected[0])) {
        #expect(abs(seen - expected) < 2e-5)
      }
    }
  }
#endif
