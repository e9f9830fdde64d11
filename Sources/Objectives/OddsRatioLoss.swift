#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The odds ratio preference optimization of Hong, Lee & Thorne (2024, arXiv:2403.07691), equations 2
/// to 7, where β is called λ. With the length-averaged log probability a = ℓ / |y| of a completion and
/// its odds e^a / (1 − e^a),
///
///     L = −a_w − β log σ(z)  at z = log odds_w − log odds_l
///     dL/da_w = −1 − β σ(−z) / (1 − e^{a_w})        dL/da_l = β σ(−z) / (1 − e^{a_l})
///
/// The likelihood is that of the completion alone, as in equation 2; TRL's code takes in the prompt.
///
/// Where the chosen completion becomes certain, σ(−z) and 1 − e^{a_w} both vanish. Their quotient does
/// not, and is computed as 1 / ((1 − e^{a_w}) + e^{a_w} / odds_l), which follows from
/// σ(−z) = 1 / (1 + odds_w / odds_l).
func orpoTerm(_ pair: ScoredPair, beta: Double) -> PairTerm {
  let chosen = Odds(ofLogProbability: pair.chosen.meanLogProbability)
  let rejected = Odds(ofLogProbability: pair.rejected.meanLogProbability)
  let z = chosen.logOdds - rejected.logOdds
  let slopes = (
    chosen: -1 / (chosen.complement + exp(chosen.logProbability - rejected.logOdds)),
    rejected: sigmoid(-z) / rejected.complement
  )
  let oddsRatio = PairTerm(
    value: -beta * logSigmoid(z),
    chosen: beta * slopes.chosen / pair.chosen.tokens,
    rejected: beta * slopes.rejected / pair.rejected.tokens)
  return oddsRatio
    + PairTerm(
      value: -pair.chosenLikelihood / pair.chosen.tokens, likelihood: -1 / pair.chosen.tokens)
}

/// A probability that is known by its logarithm, and its odds.
private struct Odds {
  /// a = log p, in nats.
  let logProbability: Double
  /// 1 − p.
  let complement: Double

  /// log(p / (1 − p)).
  var logOdds: Double { logProbability - log(complement) }

  /// The odds of a probability.
  ///
  /// From −2⁻²⁴ on, where single precision has no probability below 1 any more, the odds are those at
  /// −2⁻²⁴: a completion that an engine calls certain would else have infinite ones.
  init(ofLogProbability logProbability: Double) {
    self.logProbability = min(logProbability, -0x1p-24)
    complement = -expm1(self.logProbability)
  }
}
