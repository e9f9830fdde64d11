public import TrainingConfiguration

/// How a turn trains the policy: a method with its settings.
public enum LoopTraining: Sendable, Equatable {
  /// Learning what was preferred.
  case sft(SupervisedConfiguration)
  /// Learning from pairs.
  case dpo(DPOConfiguration)
  /// Learning from single judgments, and from the sides of pairs.
  case kto(KTOConfiguration)
  /// Learning from the reward model with a value function.
  case ppo(PPOConfiguration)
  /// Learning from the reward model beside the other completions of a prompt.
  case rloo(RLOOConfiguration)
  /// Learning from the reward model in groups.
  case grpo(GRPOConfiguration)
  /// Learning from the reward model's scores as they come.
  case reinforce(ReinforceConfiguration)

  /// The method.
  public var method: TrainingMethod { type(of: settings).method }

  /// The settings.
  public var settings: any MethodConfiguration {
    switch self {
    case .sft(let settings): settings
    case .dpo(let settings): settings
    case .kto(let settings): settings
    case .ppo(let settings): settings
    case .rloo(let settings): settings
    case .grpo(let settings): settings
    case .reinforce(let settings): settings
    }
  }

  /// Whether it learns from a reward model, which then cannot judge what was learned.
  public var isOnPolicy: Bool { settings is any OnPolicyConfiguration }

  /// What a step is made of, in the plural.
  var unit: String {
    switch self {
    case .sft: "answers"
    case .dpo: "pairs"
    case .kto, .ppo, .rloo, .grpo, .reinforce: "completions"
    }
  }
}
