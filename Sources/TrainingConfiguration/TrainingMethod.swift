/// A method that runs are trained by, under the name of its command.
public enum TrainingMethod: String, Sendable, Hashable, CaseIterable {
  /// Learning texts from nothing.
  case pretrain
  /// Learning to answer as demonstrations do.
  case sft
  /// Learning to score as judges do.
  case reward
  /// Learning from pairs without a reward model.
  case dpo
  /// Learning from judgments one by one.
  case kto
  /// Learning from rewards, with a value function.
  case ppo
  /// Learning from rewards, beside the other completions of a prompt.
  case rloo
  /// Learning from rewards, in groups.
  case grpo
  /// Learning from rewards as they come.
  case reinforce

  /// What it is called.
  public var title: String {
    switch self {
    case .pretrain: "Pretraining"
    case .sft: "Supervised fine-tuning"
    case .reward: "Reward model"
    case .dpo: "Direct preference optimization"
    case .kto: "Learning from single judgments"
    case .ppo: "Proximal policy optimization"
    case .rloo: "REINFORCE leave-one-out"
    case .grpo: "Group relative policy optimization"
    case .reinforce: "REINFORCE"
    }
  }
}
