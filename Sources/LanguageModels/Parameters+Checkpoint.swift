internal import TorchEngine

extension Parameters {
  /// Reads all parameters from a checkpoint, in float32.
  ///
  /// All names and shapes are compared before the first byte of a weight is read.
  ///
  /// - Throws: `EngineError` or ``ModelError`` naming each tensor that is missing, has another
  ///   shape, or is not part of the model.
  init(_ checkpoint: SafetensorsCheckpoint, mapping: WeightMapping) throws {
    let expected = mapping.shapes
    var problems: [String] = []
    for (name, shape) in expected {
      guard let seen = checkpoint.shape(of: name) else {
        problems.append("tensor '\(name)' of shape \(shape) is missing")
        continue
      }
      if seen != shape {
        problems.append("tensor '\(name)' has shape \(seen), but config.json makes it \(shape)")
      }
    }
    let known = Set(expected.map(\.name))
    for name in checkpoint.names where !known.contains(name) && !mapping.isRedundant(name) {
      problems.append("tensor '\(name)' is not part of this architecture")
    }
    guard problems.isEmpty else {
      let shown = problems.prefix(5).joined(separator: "; ")
      let rest = problems.count > 5 ? "; and \(problems.count - 5) more" : ""
      throw ModelError.weights(
        path: checkpoint.directory, problem: "the weights do not fit config.json: \(shown)\(rest)")
    }
    self.init(try expected.map { ($0.name, try checkpoint.tensor($0.name)) })
  }

  /// Fresh parameters, as transformers initializes them: normal with deviation 0.02, biases 0,
  /// normalization weights 1.
  ///
  /// - Parameters:
  ///   - mapping: Names and shapes.
  ///   - deviation: The standard deviation of matrices.
  ///   - seed: Each parameter draws from a generator of its own, seeded by this and its number.
  /// - Throws: `EngineError` if memory runs out.
  init(
    fresh mapping: WeightMapping, deviation: Double = 0.02, seed: UInt64
  ) throws(EngineError) {
    var pairs: [(name: String, tensor: Tensor)] = []
    for (number, (name, shape)) in mapping.shapes.enumerated() {
      let tensor =
        if shape.count > 1 {
          try Tensor.normal(
            deviation: deviation, seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number),
            shape: shape)
        } else {
          try Tensor(repeating: name.hasSuffix("bias") ? 0 : 1, shape: shape)
        }
      pairs.append((name, tensor))
    }
    self.init(pairs)
  }
}
