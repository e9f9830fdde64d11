internal import TorchEngine

extension Parameters {
  /// Reads all parameters from a checkpoint, in float32.
  ///
  /// All names and shapes are compared before the first byte of a weight is read.
  ///
  /// - Throws: `EngineError` or ``ModelError`` naming each tensor that is missing, has another
  ///   shape, or is not part of the model.
  init(
    _ checkpoint: SafetensorsCheckpoint, of configuration: TransformerConfiguration,
    output: NetworkOutput = .vocabulary
  ) throws {
    let mapping = WeightMapping(configuration, output: output, present: checkpoint.names)
    let problems = mapping.differences(from: checkpoint)
    guard problems.isEmpty else {
      let shown = problems.prefix(5).joined(separator: "; ")
      let rest = problems.count > 5 ? "; and \(problems.count - 5) more" : ""
      throw ModelError.weights(
        path: checkpoint.directory, problem: "the weights do not fit config.json: \(shown)\(rest)")
    }
    self.init(
      try mapping.slots.map { slot in
        let tensor = try checkpoint.tensor(slot.name)
        return (slot, slot.isTransposed ? try tensor.transposed() : tensor)
      })
  }

  /// Fresh parameters, as transformers initializes them: matrices normal with the family's
  /// deviation, biases 0, normalization weights 1.
  ///
  /// - Parameters:
  ///   - configuration: The model's shape.
  ///   - seed: Each parameter draws from a generator of its own, seeded by this and its number.
  /// - Throws: `EngineError` if memory runs out.
  init(fresh configuration: TransformerConfiguration, seed: UInt64) throws(EngineError) {
    var parameters: [(WeightMapping.Slot, Tensor)] = []
    for (number, slot) in WeightMapping(configuration).slots.enumerated() {
      let tensor =
        if slot.shape.count > 1 {
          try Tensor.normal(
            deviation: configuration.family.initialDeviation(
              of: slot.module, layers: configuration.layers),
            seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number), shape: slot.shape)
        } else {
          try Tensor(repeating: slot.isBias ? 0 : 1, shape: slot.shape)
        }
      parameters.append((slot, tensor))
    }
    self.init(parameters)
  }
}

extension Parameters {
  /// Reads score heads, in float32.
  ///
  /// - Throws: `EngineError` or ``ModelError`` naming a tensor that is missing or has another shape.
  init(headsOf head: ScoreHeadShape, width: Int, from file: SafetensorsFile) throws {
    self.init(
      try WeightMapping.slots(of: head, width: width).map { slot in
        guard file.shape(of: slot.name) == slot.shape else {
          throw ModelError.weights(
            path: file.path, problem: "tensor '\(slot.name)' of shape \(slot.shape) is missing")
        }
        return (slot, try file.tensor(slot.name))
      })
  }

  /// A linear head of zeros: every score is 0 before the first update.
  ///
  /// - Parameter width: The width of what it reads.
  /// - Throws: `EngineError` if memory runs out.
  init(headOfZeros width: Int) throws(EngineError) {
    var parameters: [(WeightMapping.Slot, Tensor)] = []
    for slot in WeightMapping.slots(of: ScoreHeadShape(), width: width) {
      parameters.append((slot, try Tensor(repeating: 0, shape: slot.shape)))
    }
    self.init(parameters)
  }

  /// Fresh score heads: linear ones as transformers draws a classifier's, normal with a deviation of
  /// 0.02; layers of the others with √(2 / inputs), so that what a rectifier halves keeps its scale
  /// (He et al. 2015, equation 10); biases 0.
  ///
  /// - Parameters:
  ///   - head: The shape of the heads.
  ///   - width: The width of what they read.
  ///   - seed: Each matrix draws from a generator of its own, seeded by this and its number.
  /// - Throws: `EngineError` if memory runs out.
  init(freshHeads head: ScoreHeadShape, width: Int, seed: UInt64) throws(EngineError) {
    var parameters: [(WeightMapping.Slot, Tensor)] = []
    for (number, slot) in WeightMapping.slots(of: head, width: width).enumerated() {
      let inputs = slot.shape.last ?? 1
      let deviation = head.kind == .linear ? 0.02 : (2 / Double(inputs)).squareRoot()
      let tensor =
        slot.isBias
        ? try Tensor(repeating: 0, shape: slot.shape)
        : try Tensor.normal(
          deviation: deviation, seed: (seed ^ 0x5C0_4E) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number),
          shape: slot.shape)
      parameters.append((slot, tensor))
    }
    self.init(parameters)
  }
}

extension WeightMapping {
  /// What of a checkpoint does not fit, a phrase each.
  fileprivate func differences(from checkpoint: SafetensorsCheckpoint) -> [String] {
    var problems: [String] = []
    for slot in slots {
      guard let seen = checkpoint.shape(of: slot.name) else {
        problems.append("tensor '\(slot.name)' of shape \(slot.storedShape) is missing")
        continue
      }
      if seen != slot.storedShape {
        problems.append(
          "tensor '\(slot.name)' has shape \(seen), but config.json makes it \(slot.storedShape)")
      }
    }
    let known = Set(slots.map(\.name))
    for name in checkpoint.names where !known.contains(name) && !isRedundant(name) {
      problems.append("tensor '\(name)' is not part of this architecture")
    }
    return problems
  }
}
