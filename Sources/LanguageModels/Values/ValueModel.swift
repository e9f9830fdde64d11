public import TorchEngine

/// What is still to come: V(s) of a state, a linear head without bias over the hidden state of the token
/// that comes before.
public final class ValueModel {
  /// What gives the head its hidden states.
  enum Backbone {
    /// The policy, whose weights the value loss moves too.
    case policy
    /// A transformer of its own.
    case own(TransformerConfiguration)
  }

  let backbone: Backbone
  /// The head, and the transformer where it is its own. Their names begin with `value.`, so that an
  /// optimizer can hold them beside the policy's.
  let parameters: Parameters

  private init(backbone: Backbone, parameters: Parameters) {
    self.backbone = backbone
    self.parameters = parameters
  }

  private static let prefix = "value."

  /// A head of zeros on the policy's hidden states.
  ///
  /// - Parameter policy: The shape of the policy.
  /// - Throws: `EngineError` if memory runs out.
  public convenience init(on policy: TransformerConfiguration) throws(EngineError) {
    self.init(
      backbone: .policy,
      parameters: try Parameters(headOfZeros: policy.width).renamed(prefix: Self.prefix))
  }

  /// A head of zeros on a transformer of its own, which starts as a language model's.
  ///
  /// - Parameter directory: That of a causal language model.
  /// - Throws: ``ModelError`` or `EngineError`, naming the file and what does not fit.
  public convenience init(languageModel directory: String) throws {
    let configuration = try TransformerConfiguration(directory: directory)
    let backbone = try Parameters(
      SafetensorsCheckpoint(directory: directory), of: configuration, output: .nothing)
    self.init(
      backbone: .own(configuration),
      parameters: backbone.joined(with: try Parameters(headOfZeros: configuration.width))
        .renamed(prefix: Self.prefix))
  }

  /// A transformer of its own that starts as a reward model, whose scores are then the first values.
  ///
  /// - Parameters:
  ///   - model: A reward model with one linear head.
  ///   - directory: Where it comes from, for errors.
  /// - Throws: ``ModelError`` for one with other heads.
  public convenience init(_ model: RewardModel, directory: String) throws(ModelError) {
    guard model.head.isClassifier else {
      throw .configuration(
        path: directory,
        problem: "has not one linear head, which a value function starts from; name another reward "
          + "model, or leave value_model out")
    }
    self.init(
      backbone: .own(model.configuration),
      parameters: model.parameters.renamed(prefix: Self.prefix))
  }

  /// The same kind of value function with the weights of a checkpoint.
  ///
  /// - Parameter folder: What ``write(to:)`` has written to.
  /// - Returns: The value function.
  /// - Throws: ``ModelError`` or `EngineError`, naming the file and what does not fit.
  package func reread(from folder: String) throws -> ValueModel {
    let file = try SafetensorsFile(path: "\(folder)/\(Self.fileName)")
    return ValueModel(backbone: backbone, parameters: try parameters.reread(from: file))
  }

  /// Writes all weights.
  ///
  /// - Parameter folder: An existing folder.
  /// - Throws: `RunRecordError` if the disk does not take the file.
  func write(to folder: String) throws {
    try parameters.write(to: "\(folder)/\(Self.fileName)")
  }

  private static let fileName = "value_model.safetensors"

  /// V of each hidden state, [rows, 1].
  func values(ofHidden hidden: Tensor) throws(EngineError) -> Tensor {
    try hidden.linear(parameters.weight(of: .score(0)), bias: nil)
  }
}
