// Losses of the difference of two implicit rewards, z = β(s_w − s_l), where s is the score f′(eʰ) of
// a log ratio (h itself for the reverse KL divergence).

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A difference of two scores, and its derivative by either side's log ratio.
struct ScoreMargin {
  /// s_w − s_l.
  let value: Double
  /// ds_w / dh_w.
  let chosen: Double
  /// −ds_l / dh_l.
  let rejected: Double

  /// The scores of both sides under a divergence, each summed over its tokens.
  init(_ pair: ScoredPair, _ divergence: FDivergence) {
    let (chosen, rejected) = (
      divergence.score(at: pair.chosen.logRatio), divergence.score(at: pair.rejected.logRatio)
    )
    value = chosen.value - rejected.value
    self.chosen = chosen.slope
    self.rejected = -rejected.slope
  }

  /// The same scores, each divided by the number of tokens that it was summed over.
  init(averaged pair: ScoredPair, _ divergence: FDivergence) {
    let (chosen, rejected) = (
      divergence.score(at: pair.chosen.logRatio), divergence.score(at: pair.rejected.logRatio)
    )
    value = chosen.value / pair.chosen.tokens - rejected.value / pair.rejected.tokens
    self.chosen = chosen.slope / pair.chosen.tokens
    self.rejected = -rejected.slope / pair.rejected.tokens
  }

  /// The term of a loss of z = β · margin, by the chain rule.
  func term(_ beta: Double, _ loss: CurvePoint) -> PairTerm {
    PairTerm(loss, chosen: beta * chosen, rejected: beta * rejected)
  }
}

/// Rafailov et al. (2023, arXiv:2305.18290), equation 7, at z = β(s_w − s_l) − m:
///
///     L = −log σ(z)        dL/dz = −σ(−z)
///
/// with label smoothing ε, Mitchell (2023, "A note on DPO with noisy preferences"), equation 3:
///
///     L = −(1 − ε) log σ(z) − ε log σ(−z)        dL/dz = −(1 − ε) σ(−z) + ε σ(z)
///
/// and with a margin m for each pair, in units of reward, the DPO with an offset (ODPO) of Amini et
/// al. (2024, arXiv:2402.10571): a pair that is far better must be told further apart.
func sigmoidTerm(
  _ pair: ScoredPair, beta: Double, labelSmoothing epsilon: Double, divergence: FDivergence
) -> PairTerm {
  let scores = ScoreMargin(pair, divergence)
  return scores.term(
    beta, logisticLoss(beta * scores.value - pair.margin, labelSmoothing: epsilon))
}

/// The length-normalised DPO of Lambert et al. (2024, arXiv:2411.15124, "Tülu 3"):
///
///     L = −log σ(z)  at z = β(s_w / |y_w| − s_l / |y_l|)        dL/dz = −σ(−z)
func sigmoidNormTerm(_ pair: ScoredPair, beta: Double, divergence: FDivergence) -> PairTerm {
  let scores = ScoreMargin(averaged: pair, divergence)
  return scores.term(beta, logisticLoss(beta * scores.value))
}

/// The robust DPO of Chowdhury, Kini & Natarajan (2024, arXiv:2403.00409, section 3.1), at
/// z = β(s_w − s_l) − m:
///
///     L = (−(1 − ε) log σ(z) + ε log σ(−z)) / (1 − 2ε)
///     dL/dz = −((1 − ε) σ(−z) + ε σ(z)) / (1 − 2ε)
///
/// When a fraction ε of the judgments is flipped, its expectation is that of the loss of the clean
/// ones. The price is a loss without a lower bound: a wide margin is rewarded for ever.
func robustTerm(
  _ pair: ScoredPair, beta: Double, labelSmoothing epsilon: Double, divergence: FDivergence
) -> PairTerm {
  let scores = ScoreMargin(pair, divergence)
  let z = beta * scores.value - pair.margin
  let value = -(1 - epsilon) * logSigmoid(z) + damped(logSigmoid(-z), by: epsilon)
  let slope = -(1 - epsilon) * sigmoid(-z) - epsilon * sigmoid(z)
  return scores.term(
    beta, CurvePoint(value: value / (1 - 2 * epsilon), slope: slope / (1 - 2 * epsilon)))
}

/// The efficient exact optimization of Ji et al. (2024, arXiv:2402.00856), equation 16, for two
/// completions: the reverse KL divergence from the judgment (1 − ε, ε) to the policy's preference
/// (σ(z), σ(−z)), at z = β(s_w − s_l):
///
///     L = σ(z) (log σ(z) − log(1 − ε)) + σ(−z) (log σ(−z) − log ε)
///     dL/dz = σ(z) σ(−z) (z − log((1 − ε) / ε))
///
/// The minimum is at the log odds of the judgment, not at infinity.
func exoTerm(
  _ pair: ScoredPair, beta: Double, labelSmoothing epsilon: Double, divergence: FDivergence
) -> PairTerm {
  let scores = ScoreMargin(pair, divergence)
  let z = beta * scores.value
  return scores.term(
    beta,
    CurvePoint(
      value: damped(logSigmoid(z) - log1p(-epsilon), by: sigmoid(z))
        + damped(logSigmoid(-z) - log(epsilon), by: sigmoid(-z)),
      slope: damped(z - (log1p(-epsilon) - log(epsilon)), by: sigmoid(z) * sigmoid(-z))))
}

/// The DiscoPOP of Lu et al. (2024, arXiv:2406.08414), equation 5, at z = β(s_w − s_l), gated by
/// μ = σ(z / τ):
///
///     L = −(1 − μ) log σ(z) + μ e^−z
///     dL/dz = −(1 − μ) σ(−z) + μ(1 − μ) / τ · (e^−z + log σ(z)) − μ e^−z
///
/// The paper calls μ log-ratio modulation. For τ < 1 it vanishes faster than e^−z grows, so μ e^−z
/// is formed from its logarithm.
func discopopTerm(
  _ pair: ScoredPair, beta: Double, temperature: Double, divergence: FDivergence
) -> PairTerm {
  let scores = ScoreMargin(pair, divergence)
  let z = beta * scores.value
  let (gate, closed) = (sigmoid(z / temperature), sigmoid(-z / temperature))
  // log μ − z, with the two linear parts of a negative z joined: −∞ + ∞ would be NaN.
  let exponent =
    (z < 0 ? damped(z, by: 1 / temperature - 1) : -z) - log1p(exp(-abs(z) / temperature))
  let exponential = exp(exponent)
  let logistic = damped(-logSigmoid(z), by: closed)
  return scores.term(
    beta,
    CurvePoint(
      value: logistic + exponential,
      slope: -closed * sigmoid(-z) + exponential * (closed / temperature - 1)
        - damped(logistic, by: gate / temperature)))
}
