#if LibTorch
  import Testing
  import TorchEngine

  /// Layers too wide for the recorded checkpoints.
  @Suite("Decoding with wide layers")
  struct WideDecoderTests {
    private let width = 24
    private let vocabulary = 40

    /// One gated layer of three heads of eight, with an inner width of its own.
    private func decoder(inner: Int, capacity: Int) throws -> Decoder {
      var seed: UInt64 = 0
      func random(_ shape: Int...) throws -> Tensor {
        seed += 1
        return try Tensor.normal(deviation: 0.3, seed: seed, shape: shape)
      }
      func projection(_ outputs: Int, _ inputs: Int) throws -> DecoderWeights.Projection {
        .init(weight: try random(outputs, inputs), bias: try random(outputs))
      }
      func norm() throws -> DecoderWeights.Norm {
        .init(weight: try Tensor(repeating: 1, shape: [width]), bias: nil)
      }
      let layer = DecoderWeights.Layer(
        attentionNorm: try norm(),
        queryKeyValue: try [projection(24, width), projection(8, width), projection(8, width)],
        queryNorm: nil, keyNorm: nil, attentionOutput: try projection(width, 24),
        feedForwardNorm: try norm(), gate: try projection(inner, width),
        up: try projection(inner, width), down: try projection(width, inner), scale: 0.35,
        window: nil)
      let weights = DecoderWeights(
        embedding: try random(vocabulary, width), positions: nil, layers: [layer],
        finalNorm: try norm(), head: try random(vocabulary, width), heads: 3, keyValueHeads: 1,
        headWidth: 8, epsilon: 1e-5, activation: .relu)
      return try Decoder(weights, slots: 1, capacity: capacity)
    }

    @Test(
      "many tokens at once give what they give one by one, to the last bit",
      arguments: [768, 1024, 1025, 1536, 1551])
    func atOnce(inner: Int) throws {
      let inputs = (0..<70).map {
        Decoder.Input(slot: 0, position: $0, token: Int32($0 * $0 % vocabulary))
      }
      let together = try decoder(inner: inner, capacity: 70)
        .step(inputs, wanted: Array(inputs.indices)).values(as: Float.self)
      let alone = try decoder(inner: inner, capacity: 70)
      let apart = try inputs.flatMap {
        try alone.step([$0], wanted: [0]).values(as: Float.self)
      }
      #expect(together.allSatisfy(\.isFinite) && together == apart)
    }
  }
#endif
