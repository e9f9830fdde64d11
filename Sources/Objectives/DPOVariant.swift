/// A member of the direct preference optimization family, with the parameters that it alone has.
///
/// β belongs to all of them and is kept in ``DPOLoss``. The formulas stand beside the code that
/// computes them, grouped by what a loss looks at.
///
/// A label smoothing ε is the probability that a judgment is the wrong way round, from 0 to 0.5.
public enum DPOVariant: Equatable, Sendable {
  /// The original loss; with label smoothing it is conservative DPO (cDPO).
  ///
  /// TRL 1.16 dropped the smoothing from its sigmoid loss; with ε = 0 the two agree.
  case sigmoid(labelSmoothing: Double = 0, divergence: FDivergence = .reverseKL)
  /// The original loss on log ratios averaged over each completion's tokens.
  case sigmoidNorm(divergence: FDivergence = .reverseKL)
  /// The original loss, corrected so that flipped judgments leave its expectation as it was; ε is
  /// below 0.5.
  case robust(labelSmoothing: Double = 0, divergence: FDivergence = .reverseKL)
  /// Efficient exact optimization: the reverse KL divergence from the judgment; ε is above 0.
  case exoPair(labelSmoothing: Double = 1e-3, divergence: FDivergence = .reverseKL)
  /// The loss that a language model found: logistic and exponential, mixed by a gate of temperature τ.
  case discopop(temperature: Double = 0.05, divergence: FDivergence = .reverseKL)

  /// The hinge of SLiC and RSO: pairs beyond the margin have no say.
  case hinge(divergence: FDivergence = .reverseKL)
  /// Identity preference optimization: a squared distance to a margin of 1 / 2β, per token.
  case ipo(divergence: FDivergence = .reverseKL)
  /// Self-play preference optimization with a certain judge: a target for either side.
  case sppoHard

  /// Noise contrastive alignment: raises the chosen side, and holds both sides' rewards down.
  case ncaPair
  /// Binary classification of each side by itself, without a shift.
  case bcoPair
  /// Anchored preference optimization, for chosen completions better than the model's own.
  case apoZero
  /// Anchored preference optimization, for chosen completions worse than the model's own.
  case apoDown

  /// Optimal transport between the distributions of the policy's and the reference's margins.
  case aot(labelSmoothing: Double = 0)
  /// Optimal transport between the distributions of the chosen and the rejected log ratios.
  case aotUnpaired(labelSmoothing: Double = 0)

  /// The likelihood of the chosen completion, token by token: TRL's `sft`.
  case likelihood
  /// Simple preference optimization: length-averaged and without a reference, with a margin γ in
  /// units of reward.
  case simpo(margin: Double = 0.5, labelSmoothing: Double = 0)
  /// Contrastive preference optimization: without a reference, beside the chosen likelihood.
  case cpo(labelSmoothing: Double = 0, likelihoodWeight: Double = 1)
  /// Odds ratio preference optimization: without a reference; β is what the paper calls λ.
  case orpo
}

extension DPOVariant {
  /// Whether the loss compares the policy with a frozen reference.
  public var needsReference: Bool {
    switch self {
    case .likelihood, .simpo, .cpo, .orpo: false
    default: true
    }
  }

  /// Whether a pair's value depends on the other pairs of the optimizer batch.
  public var couplesPairs: Bool {
    switch self {
    case .aot, .aotUnpaired: true
    default: false
    }
  }

  /// Whether the loss has a logit of Bradley–Terry type, from which a pair's margin can be taken.
  ///
  /// The others have none: `ipo` and `sppoHard` aim at targets of their own, `exoPair` at a
  /// distribution, the anchored losses look at each side by itself, `aot` compares ranks and not
  /// pairs. For `sigmoidNorm`, `discopop`, `cpo` and `orpo` no paper defines one.
  public var usesMargins: Bool {
    switch self {
    case .sigmoid, .hinge, .robust, .simpo: true
    default: false
    }
  }

  /// Whether the chosen side's likelihood is a term of the loss.
  public var usesLikelihood: Bool {
    switch self {
    case .likelihood, .orpo: true
    case .cpo(_, let likelihoodWeight): likelihoodWeight != 0
    default: false
    }
  }

  /// Whether the loss is built on log probabilities averaged over a completion, and so its reward.
  var averagesRewards: Bool {
    switch self {
    case .simpo, .orpo: true
    default: false
    }
  }

  /// What is wrong with the parameters, if anything is.
  var violation: String? {
    switch self {
    case .sigmoid(let smoothing, _), .aot(let smoothing), .aotUnpaired(let smoothing),
      .cpo(let smoothing, _), .simpo(_, let smoothing):
      if !(0...0.5).contains(smoothing) {
        return "label smoothing is \(smoothing), but must be from 0 to 0.5"
      }
    case .robust(let smoothing, _):
      if !(0..<0.5).contains(smoothing) {
        return "label smoothing is \(smoothing), but must be at least 0 and below 0.5"
      }
    case .exoPair(let smoothing, _):
      if !(smoothing > 0 && smoothing <= 0.5) {
        return "label smoothing is \(smoothing), but must be above 0 and at most 0.5"
      }
    case .discopop(let temperature, _):
      if !(temperature > 0) { return "temperature is \(temperature), but must be above 0" }
    default: break
    }
    switch self {
    case .simpo(let margin, _):
      return margin.isFinite ? nil : "margin is \(margin), but must be finite"
    case .cpo(_, let weight):
      return weight >= 0 && weight.isFinite
        ? nil : "likelihood weight is \(weight), but must be finite and at least 0"
    default: return nil
    }
  }
}
