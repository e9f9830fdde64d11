// Losses that look at each side's implicit reward r = βh by itself, and so say not only how far
// apart the sides shall be but also which way each shall go.

/// The noise contrastive alignment of Chen et al. (2024, arXiv:2402.05369, section 4), for pairs:
///
///     L = −log σ(r_w) − ½ log σ(−r_w) − ½ log σ(−r_l)
///     dL/dr_w = −σ(−r_w) + ½ σ(r_w)        dL/dr_l = ½ σ(r_l)
func ncaTerm(_ pair: ScoredPair, beta: Double) -> PairTerm {
  let (chosen, rejected) = (beta * pair.chosen.logRatio, beta * pair.rejected.logRatio)
  return PairTerm(
    value: -logSigmoid(chosen) - logSigmoid(-chosen) / 2 - logSigmoid(-rejected) / 2,
    chosen: beta * (sigmoid(chosen) / 2 - sigmoid(-chosen)),
    rejected: beta * sigmoid(rejected) / 2)
}

/// The binary classifier optimization of Jung et al. (2024, arXiv:2404.04656, section 4), on pairs
/// and without the reward shift δ, as TRL has it:
///
///     L = −log σ(r_w) − log σ(−r_l)        dL/dr_w = −σ(−r_w)        dL/dr_l = σ(r_l)
func bcoTerm(_ pair: ScoredPair, beta: Double) -> PairTerm {
  let (chosen, rejected) = (beta * pair.chosen.logRatio, beta * pair.rejected.logRatio)
  return PairTerm(
    value: -logSigmoid(chosen) - logSigmoid(-rejected),
    chosen: -beta * sigmoid(-chosen), rejected: beta * sigmoid(rejected))
}

/// The anchored preference optimization of D'Oosterlinck et al. (2024, arXiv:2408.06266), equation 7:
/// the chosen side becomes likelier and the rejected side less likely.
///
///     L = −σ(r_w) + σ(r_l) + 1 = σ(−r_w) + σ(r_l)
///     dL/dr_w = −σ(r_w) σ(−r_w)        dL/dr_l = σ(r_l) σ(−r_l)
func apoZeroTerm(_ pair: ScoredPair, beta: Double) -> PairTerm {
  let (chosen, rejected) = (beta * pair.chosen.logRatio, beta * pair.rejected.logRatio)
  return PairTerm(
    value: sigmoid(-chosen) + sigmoid(rejected),
    chosen: -beta * bell(chosen), rejected: beta * bell(rejected))
}

/// The same paper's equation 8, for chosen completions below the model's own level: both sides
/// become less likely, the rejected one faster.
///
///     L = σ(r_w) + 1 − σ(r_w − r_l) = σ(r_w) + σ(r_l − r_w)
///     dL/dr_w = σ(r_w) σ(−r_w) − σ(z) σ(−z)        dL/dr_l = σ(z) σ(−z),  z = r_w − r_l
func apoDownTerm(_ pair: ScoredPair, beta: Double) -> PairTerm {
  let chosen = beta * pair.chosen.logRatio
  let margin = beta * (pair.chosen.logRatio - pair.rejected.logRatio)
  return PairTerm(
    value: sigmoid(chosen) + sigmoid(-margin),
    chosen: beta * (bell(chosen) - bell(margin)), rejected: beta * bell(margin))
}

/// σ(x) σ(−x), the derivative of the logistic function; the product keeps the digits of both tails.
private func bell(_ x: Double) -> Double { sigmoid(x) * sigmoid(-x) }
