// Losses of the policy's own log probabilities, ℓ = log π(y | x), without a reference.

/// The negative log likelihood of the chosen completion, averaged over tokens: with T tokens in the n
/// chosen completions of an optimizer step,
///
///     L = −ℓ_w / (T / n)        dL/dℓ_w = −1 / (T / n)
///
/// so that the mean over the n pairs is −Σℓ_w / T: each token counts alike, as in TRL's `sft`.
func likelihoodTerm(_ pair: ScoredPair) -> PairTerm {
  PairTerm(
    value: -pair.chosenLikelihood / pair.meanChosenTokens, likelihood: -1 / pair.meanChosenTokens)
}

/// The simple preference optimization of Meng, Xia & Chen (2024, arXiv:2405.14734), equation 6, with
/// label smoothing ε as TRL adds it, and with a margin m of the pair beside the γ that all share:
///
///     z = β(ℓ_w / |y_w| − ℓ_l / |y_l|) − γ − m
///     L = −(1 − ε) log σ(z) − ε log σ(−z)        dL/dz = −(1 − ε) σ(−z) + ε σ(z)
func simpoTerm(
  _ pair: ScoredPair, beta: Double, margin: Double, labelSmoothing: Double
) -> PairTerm {
  let difference = pair.chosen.meanLogProbability - pair.rejected.meanLogProbability
  let loss = logisticLoss(
    beta * difference - margin - pair.margin, labelSmoothing: labelSmoothing)
  return PairTerm(
    loss, chosen: beta / pair.chosen.tokens, rejected: -beta / pair.rejected.tokens)
}

/// The contrastive preference optimization of Xu et al. (2024, arXiv:2401.08417), equation 3 and
/// the likelihood beside it, with label smoothing ε as TRL adds it, at z = β(ℓ_w − ℓ_l):
///
///     L = −(1 − ε) log σ(z) − ε log σ(−z) + α L_likelihood
///
/// The paper writes the likelihood as −ℓ_w, a sum over tokens; its authors' code and TRL take the
/// mean over the tokens of a batch, and so does this: see ``likelihoodTerm(_:)``.
func cpoTerm(
  _ pair: ScoredPair, beta: Double, labelSmoothing: Double, likelihoodWeight: Double
) -> PairTerm {
  let loss = logisticLoss(
    beta * (pair.chosen.policy - pair.rejected.policy), labelSmoothing: labelSmoothing)
  return PairTerm(loss, chosen: beta, rejected: -beta)
    + likelihoodTerm(pair).weighted(by: likelihoodWeight)
}
