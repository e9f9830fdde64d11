/// A part of the pipeline of `attune quickstart`; each builds on those before it.
public enum QuickstartStage: String, Codable, CaseIterable, Sendable {
  /// Data of a world in which everything is known.
  case world
  /// A tokenizer, and a model that has read the world's texts.
  case base
  /// Supervised fine-tuning on answers.
  case sft
  /// A reward model of what annotators prefer.
  case reward
  /// Direct preference optimization on the same pairs.
  case dpo
  /// Proximal policy optimization against the reward model.
  case ppo
  /// All models answer the same prompts.
  case comparison

  /// What it does, in a few words.
  public var title: String {
    switch self {
    case .world: "data of a small world"
    case .base: "tokenizer and base model"
    case .sft: "supervised fine-tuning"
    case .reward: "reward model"
    case .dpo: "DPO"
    case .ppo: "PPO"
    case .comparison: "comparison on held-out prompts"
    }
  }

  /// The language models, in the order in which they are made.
  public static let models: [QuickstartStage] = [.base, .sft, .dpo, .ppo]

  /// Whether it leaves a run directory.
  var isTraining: Bool {
    switch self {
    case .world, .comparison: false
    case .base, .sft, .reward, .dpo, .ppo: true
    }
  }

  /// The models in memory while it learned: itself, and those that it learned from or against.
  var modelsNeeded: [String] {
    switch self {
    case .world, .comparison: []
    case .base, .sft, .reward: ["itself"]
    case .dpo: ["policy", "reference"]
    case .ppo: ["policy with value head", "reference", "reward model"]
    }
  }
}
