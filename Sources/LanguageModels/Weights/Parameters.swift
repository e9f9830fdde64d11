public import TorchEngine

/// The parameters of a model by their names in the Hugging Face layout.
///
/// Matrices are [out, in] in memory, also in the families whose files hold them the other way round.
public struct Parameters {
  /// Names in the order in which the model uses them.
  public let names: [String]
  private let slots: [WeightMapping.Slot]
  private let tensors: [String: Tensor]
  private var weights: [Module: Tensor] = [:]
  private var biases: [Module: Tensor] = [:]
  private var transposedNames: Set<String> = []

  /// Parameters for the slots of a mapping, one tensor each.
  init(_ parameters: [(slot: WeightMapping.Slot, tensor: Tensor)]) {
    slots = parameters.map(\.slot)
    names = parameters.map(\.slot.name)
    tensors = Dictionary(uniqueKeysWithValues: parameters.map { ($0.slot.name, $0.tensor) })
    for (slot, tensor) in parameters {
      if slot.isBias { biases[slot.module] = tensor } else { weights[slot.module] = tensor }
      if slot.isTransposed { transposedNames.insert(slot.name) }
    }
  }

  /// The parameter of a name that the model has.
  public subscript(name: String) -> Tensor {
    guard let tensor = tensors[name] else { preconditionFailure("no parameter '\(name)'") }
    return tensor
  }

  /// The weight of a module that the model has.
  func weight(of module: Module) -> Tensor {
    guard let tensor = weights[module] else { preconditionFailure("no weight of \(module)") }
    return tensor
  }

  /// The bias of a module, where it has one.
  func bias(of module: Module) -> Tensor? { biases[module] }

  /// Whether the model has a module.
  func has(_ module: Module) -> Bool { weights[module] != nil }

  /// The number of weights in all parameters.
  public var count: Int { tensors.values.reduce(0) { $0 + $1.count } }

  /// The names of matrices, which weight decay applies to.
  ///
  /// transformers decides by the name and by the kind of layer; in the families here both rules
  /// select the same.
  public var decayedNames: [String] { names.filter { self[$0].shape.count > 1 } }

  /// The names of biases and normalization weights, which are not pulled to zero.
  public var plainNames: [String] { names.filter { self[$0].shape.count <= 1 } }

  /// Marks all parameters as trained, or as frozen.
  public func requireGradients(_ required: Bool = true) throws(EngineError) {
    for name in names { try self[name].requireGradient(required) }
  }

  /// Writes all parameters as one safetensors file, in the layout that the family's files have.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - others: Tensors that are written with them.
  /// - Throws: `RunRecordError` if the disk does not take the file.
  func write(to path: String, adding others: [String: Tensor] = [:]) throws {
    try SafetensorsWriter.write(
      tensors.merging(others) { own, _ in own }, transposing: transposedNames, to: path)
  }
}

extension Parameters {
  /// The parameters of a reward model's heads.
  var heads: Parameters { filtered { $0.part == .score } }

  /// All others.
  var backbone: Parameters { filtered { $0.part != .score } }

  private func filtered(_ isIncluded: (Module) -> Bool) -> Parameters {
    Parameters(slots.filter { isIncluded($0.module) }.map { ($0, self[$0.name]) })
  }

  /// The same tensors with `prefix` before each name.
  func renamed(prefix: String) -> Parameters {
    Parameters(
      slots.map { slot in
        let renamed = WeightMapping.Slot(
          module: slot.module, isBias: slot.isBias, name: prefix + slot.name, shape: slot.shape,
          isTransposed: slot.isTransposed)
        return (renamed, self[slot.name])
      })
  }

  /// Parameters of the same names and shapes from a file that ``write(to:adding:)`` has written.
  ///
  /// - Throws: `EngineError` or ``ModelError`` naming a tensor that is missing or has another shape.
  func reread(from file: SafetensorsFile) throws -> Parameters {
    Parameters(
      try slots.map { slot in
        guard file.shape(of: slot.name) == slot.storedShape else {
          throw ModelError.weights(
            path: file.path,
            problem: "tensor '\(slot.name)' of shape \(slot.storedShape) is missing")
        }
        let tensor = try file.tensor(slot.name)
        return (slot, slot.isTransposed ? try tensor.transposed() : tensor)
      })
  }

  /// Both, these first.
  func joined(with others: Parameters) -> Parameters {
    Parameters(slots.map { ($0, self[$0.name]) } + others.slots.map { ($0, others[$0.name]) })
  }
}
