public import TorchEngine

/// The parameters of a model by their names in the Hugging Face layout.
public struct Parameters {
  /// Names in the order in which the model uses them.
  public let names: [String]
  private let tensors: [String: Tensor]

  init(_ pairs: [(name: String, tensor: Tensor)]) {
    names = pairs.map(\.name)
    tensors = Dictionary(uniqueKeysWithValues: pairs.map { ($0.name, $0.tensor) })
  }

  /// The parameter of a name that the model has.
  public subscript(name: String) -> Tensor {
    guard let tensor = tensors[name] else { preconditionFailure("no parameter '\(name)'") }
    return tensor
  }

  /// The parameter of a name, where the model has it.
  func optional(_ name: String) -> Tensor? { tensors[name] }

  /// The number of weights in all parameters.
  public var count: Int { tensors.values.reduce(0) { $0 + $1.count } }

  var byName: [String: Tensor] { tensors }

  /// Matrices, which weight decay applies to, apart from biases and normalization weights.
  ///
  /// transformers decides by the name; in the families here the two rules select the same.
  public var decayed: [Tensor] { names.map { self[$0] }.filter { $0.shape.count > 1 } }

  /// Biases and normalization weights.
  public var plain: [Tensor] { names.map { self[$0] }.filter { $0.shape.count <= 1 } }

  /// Marks all parameters as trained, or as frozen.
  public func requireGradients(_ required: Bool = true) throws(EngineError) {
    for name in names { try self[name].requireGradient(required) }
  }
}
