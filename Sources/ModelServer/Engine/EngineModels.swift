internal import LanguageModels
public import Monitoring
public import Pipelines
public import Sampling
public import Tokenization
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
  var policies: [CanaryArm: Policy] = [:]
  /// What scores answers; `nil` where the server has no reward model.
  public internal(set) var reward: RewardScoring?
  /// Classifiers that need the engine, in the order of the safety policy.
  public internal(set) var classifiers: [LoadedClassifier] = []
  /// The model that answers are compared with.
  var reference: CausalLanguageModel?
}
