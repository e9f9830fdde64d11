/// The members of the DPO family, under TRL's names; `DPOVariant` in `Objectives` has their formulas.
public enum DPOLossChoice: String, SettingChoice {
  /// The original loss, or cDPO with label smoothing.
  case sigmoid
  /// The original loss, averaged over each completion's tokens.
  case sigmoidNorm = "sigmoid_norm"
  /// The hinge of SLiC and RSO.
  case hinge
  /// Identity preference optimization.
  case ipo
  /// Efficient exact optimization.
  case exoPair = "exo_pair"
  /// Noise contrastive alignment.
  case ncaPair = "nca_pair"
  /// DPO that expects flipped judgments.
  case robust
  /// Binary classification of each side.
  case bcoPair = "bco_pair"
  /// Self-play preference optimization with a certain judge.
  case sppoHard = "sppo_hard"
  /// Optimal transport between margins.
  case aot
  /// Optimal transport between chosen and rejected sides.
  case aotUnpaired = "aot_unpaired"
  /// Anchored preference optimization, for chosen completions better than the model's own.
  case apoZero = "apo_zero"
  /// Anchored preference optimization, for chosen completions worse than the model's own.
  case apoDown = "apo_down"
  /// The loss that a language model found.
  case discopop
  /// The likelihood of the chosen completion.
  case sft
  /// Simple preference optimization, without a reference.
  case simpo
  /// Contrastive preference optimization, without a reference.
  case cpo
  /// Odds ratio preference optimization, without a reference.
  case orpo
}

extension DPOLossChoice {
  /// Whether the loss knows of judgments that are the wrong way round.
  var usesLabelSmoothing: Bool {
    switch self {
    case .sigmoid, .exoPair, .robust, .aot, .aotUnpaired, .simpo, .cpo: true
    default: false
    }
  }

  /// Whether the loss compares the policy with a frozen reference.
  var needsReference: Bool {
    switch self {
    case .sft, .simpo, .cpo, .orpo: false
    default: true
    }
  }

  /// Whether a judgment may be true with a probability only, as `DPOLoss.takesProbabilities` has it.
  func takesProbabilities(cpoAlpha: Double) -> Bool {
    switch self {
    case .aot, .aotUnpaired, .sft, .orpo: false
    case .cpo: cpoAlpha == 0
    default: true
    }
  }

  /// Whether another divergence changes the loss.
  var usesDivergence: Bool {
    switch self {
    case .sigmoid, .sigmoidNorm, .hinge, .ipo, .exoPair, .robust, .discopop: true
    default: false
    }
  }

  /// Whether the loss may stand beside losses under another divergence: it has a term that only
  /// cancels in a difference of rewards, so those that see no difference have no such form.
  var allowsDivergence: Bool { usesDivergence || self == .sft }
}

/// The divergences that hold the policy to the reference, under TRL's names.
public enum DivergenceChoice: String, SettingChoice {
  /// KL(π‖π_ref), as in DPO itself.
  case reverseKL = "reverse_kl"
  /// KL(π_ref‖π).
  case forwardKL = "forward_kl"
  /// Jensen–Shannon.
  case jensenShannon = "js_divergence"
  /// The α-divergence between forward and reverse KL.
  case alpha = "alpha_divergence"
}
