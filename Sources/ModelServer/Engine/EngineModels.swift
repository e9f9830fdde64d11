internal import LanguageModels
public import Monitoring
internal import Pipelines
internal import Sampling
internal import Tokenization
public import Trainers

/// The models that a server has loaded. They stay on the engine's thread.
public final class EngineModels {
  /// A model that answers.
  struct Policy {
    let model: CausalLanguageModel
    let tokenizer: Tokenizer
    let ends: Set<Int32>
  }

  /// The models that answer, by arm.
  private(set) var policies: [CanaryArm: Policy] = [:]
  /// What scores answers; `nil` where the server has no reward model.
  public private(set) var reward: RewardScoring?
  /// What answers are compared with; `nil` for nothing.
  private(set) var reference: CausalLanguageModel?
  /// What makes vectors for probes, by the directory of its model.
  private var encoders: [String: HiddenStateEncoder] = [:]

  /// Reads the weights of a model that answers.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - arm: Whom it answers.
  /// - Throws: `ModelError` or `EngineError`.
  public func load(_ model: ServedModel, as arm: CanaryArm) throws {
    policies[arm] = Policy(
      model: try CausalLanguageModel(directory: model.directory), tokenizer: model.tokenizer,
      ends: model.ends)
  }

  /// Reads a reward model.
  ///
  /// - Parameter directory: What `attune reward` has written, or a one-label sequence classifier.
  /// - Throws: `TrainingError`, `ModelError` or `TokenizerError`.
  public func loadReward(_ directory: String) throws {
    reward = try RewardScoring(directory: directory)
  }

  /// Reads the model that answers are compared with.
  ///
  /// - Parameter directory: A model directory, with the tokenizer of the models that answer.
  /// - Throws: `ModelError` or `EngineError`.
  public func loadReference(_ directory: String) throws {
    reference = try CausalLanguageModel(directory: directory)
  }

  /// The hidden states of texts, for a probe. The model is read when it is asked first.
  ///
  /// - Parameters:
  ///   - texts: Not empty.
  ///   - directory: The model's directory.
  /// - Returns: One vector a text.
  /// - Throws: `ModelError` or `EngineError`.
  public func hiddenStates(of texts: [String], by directory: String) throws -> [[Double]] {
    let encoder = try encoders[directory] ?? HiddenStateEncoder(directory: directory)
    encoders[directory] = encoder
    return try encoder.vectors(of: texts)
  }
}
