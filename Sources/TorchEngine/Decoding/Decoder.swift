internal import CTorch

/// A transformer that takes in tokens one after the other, with a cache of keys and values.
///
/// It reads a model's weights where they lie, and so follows their training. What it computes for a
/// sequence does not depend, to the last bit, on the sequences beside it.
public final class Decoder {
  /// A token on its way in.
  public struct Input: Equatable, Sendable {
    /// Which sequence it belongs to.
    public var slot: Int
    /// Its place in the sequence.
    public var position: Int
    /// Its id.
    public var token: Int32

    /// Describes a token.
    ///
    /// - Parameters:
    ///   - slot: Which sequence it belongs to.
    ///   - position: Its place in the sequence.
    ///   - token: Its id.
    public init(slot: Int, position: Int, token: Int32) {
      self.slot = slot
      self.position = position
      self.token = token
    }
  }

  private let raw: ct_decoder
  private let slots: Int
  private let capacity: Int
  private let vocabularySize: Int

  /// A decoder with an empty cache.
  ///
  /// - Parameters:
  ///   - weights: In float32, in memory.
  ///   - slots: Sequences that there is room for.
  ///   - capacity: Tokens of a sequence that there is room for.
  ///   - rotation: Cosines and sines of each position's angles, [capacity, head width / 2] each; `nil` for
  ///     families that do not turn queries and keys.
  /// - Throws: ``EngineError`` if memory runs out, or weights are not in float32.
  public init(
    _ weights: DecoderWeights, slots: Int, capacity: Int,
    rotation: (cosine: [Float], sine: [Float])? = nil
  ) throws(EngineError) {
    precondition(slots > 0 && capacity > 0, "\(slots) slots of \(capacity) tokens")
    let half = capacity * weights.headWidth / 2
    precondition(rotation.map { $0.cosine.count == half && $0.sine.count == half } ?? true)
    self.slots = slots
    self.capacity = capacity
    vocabularySize = weights.embedding.shape[0]
    var handle: ct_decoder?
    let layers = weights.layers.map(\.raw)
    let status = layers.withUnsafeBufferPointer { layers in
      withPointers(rotation) { cosine, sine in
        var model = weights.raw(layers: layers)
        model.cosine = cosine
        model.sine = sine
        return withExtendedLifetime(weights) {
          ct_decoder_make(&model, Int64(slots), Int64(capacity), &handle)
        }
      }
    }
    try check(status)
    guard let handle else { preconditionFailure("a decoder was made and is not there") }
    raw = handle
  }

  deinit { ct_decoder_free(raw) }

  /// Takes tokens in.
  ///
  /// - Parameters:
  ///   - inputs: Each at a position of its sequence whose earlier positions are filled, or stand before it
  ///     here in their order.
  ///   - wanted: The places, among the inputs, of the tokens whose successors are asked for.
  /// - Returns: The unnormalized log probabilities of what follows, [wanted, vocabulary].
  /// - Throws: ``EngineError`` if memory runs out.
  public func step(_ inputs: [Input], wanted: [Int]) throws(EngineError) -> Tensor {
    for input in inputs {
      precondition(
        (0..<slots).contains(input.slot) && (0..<capacity).contains(input.position)
          && (0..<vocabularySize).contains(Int(input.token)), "no room for \(input)")
    }
    precondition(
      wanted.allSatisfy(inputs.indices.contains),
      "\(inputs.count) tokens, of which \(wanted) are wanted")
    return try received {
      ct_decoder_step(
        raw, inputs.map { Int64($0.slot) }, inputs.map { Int64($0.position) },
        inputs.map { Int64($0.token) }, Int64(inputs.count), wanted.map(Int64.init),
        Int64(wanted.count), $0)
    }
  }

  /// Copies the beginning of one sequence to another.
  ///
  /// - Parameters:
  ///   - source: The slot that has it.
  ///   - destination: The slot that gets it.
  ///   - tokens: How many tokens.
  public func copy(from source: Int, to destination: Int, tokens: Int) {
    precondition(
      source != destination && (0..<slots).contains(source) && (0..<slots).contains(destination)
        && (0...capacity).contains(tokens), "\(tokens) tokens of slot \(source) to \(destination)")
    ct_decoder_copy(raw, Int64(source), Int64(destination), Int64(tokens))
  }
}

private func withPointers(
  _ rotation: (cosine: [Float], sine: [Float])?,
  _ body: (UnsafePointer<Float>?, UnsafePointer<Float>?) -> ct_status
) -> ct_status {
  guard let rotation else { return body(nil, nil) }
  return rotation.cosine.withUnsafeBufferPointer { cosine in
    rotation.sine.withUnsafeBufferPointer { body(cosine.baseAddress, $0.baseAddress) }
  }
}

extension DecoderWeights {
  fileprivate func raw(layers: UnsafeBufferPointer<ct_decoder_layer>) -> ct_decoder_model {
    var model = ct_decoder_model()
    model.embedding = embedding.raw
    model.positions = positions?.raw
    model.norm = finalNorm.weight.raw
    model.norm_bias = finalNorm.bias?.raw
    model.head = head.raw
    model.layers = layers.baseAddress
    model.layer_count = Int64(layers.count)
    model.heads = Int64(heads)
    model.kv_heads = Int64(keyValueHeads)
    model.head_width = Int64(headWidth)
    model.epsilon = epsilon
    model.activation = activation.code
    return model
  }
}

extension DecoderWeights.Layer {
  fileprivate var raw: ct_decoder_layer {
    var layer = ct_decoder_layer()
    layer.attention_norm = attentionNorm.weight.raw
    layer.attention_norm_bias = attentionNorm.bias?.raw
    func projection(_ index: Int) -> DecoderWeights.Projection? {
      index < queryKeyValue.count ? queryKeyValue[index] : nil
    }
    layer.projections = (
      projection(0)?.weight.raw, projection(1)?.weight.raw, projection(2)?.weight.raw
    )
    layer.projection_biases = (
      projection(0)?.bias?.raw, projection(1)?.bias?.raw, projection(2)?.bias?.raw
    )
    layer.query_norm = queryNorm?.raw
    layer.key_norm = keyNorm?.raw
    layer.output = attentionOutput.weight.raw
    layer.output_bias = attentionOutput.bias?.raw
    layer.feed_forward_norm = feedForwardNorm.weight.raw
    layer.feed_forward_norm_bias = feedForwardNorm.bias?.raw
    layer.gate = gate?.weight.raw
    layer.gate_bias = gate?.bias?.raw
    layer.up = up.weight.raw
    layer.up_bias = up.bias?.raw
    layer.down = down.weight.raw
    layer.down_bias = down.bias?.raw
    layer.scale = scale
    layer.window = Int64(window ?? 0)
    return layer
  }
}
