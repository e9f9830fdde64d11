// Losses with a target: a distance at which a pair, or a side, is content.

/// The sequence likelihood calibration of Zhao et al. (2023, arXiv:2305.10425), on log ratios with
/// a margin of 1: the "hinge-norm" loss of Liu et al. (2023, arXiv:2309.06657), where β is called γ,
/// with a margin m of the pair on top:
///
///     L = max(0, 1 − (β(s_w − s_l) − m))
///
/// At the kink the derivative is taken as 0, as PyTorch's `relu` has it.
func hingeTerm(_ pair: ScoredPair, beta: Double, divergence: FDivergence) -> PairTerm {
  let scores = ScoreMargin(pair, divergence)
  let shortfall = 1 - (beta * scores.value - pair.margin)
  // `shortfall <= 0` rather than `> 0`, so that NaN is passed on and not taken for a perfect pair.
  return scores.term(
    beta, shortfall <= 0 ? CurvePoint(value: 0, slope: 0) : CurvePoint(value: shortfall, slope: -1))
}

/// Azar et al. (2023, arXiv:2310.12036), equation 17, where β is called τ:
///
///     L = d²  at d = s_w / |y_w| − s_l / |y_l| − 1 / 2β        dL/dd = 2d
///
/// The paper's log ratio is a sum over the completion. As in TRL 1.16, which asked the authors, it is
/// averaged over the completion's tokens here, so that the target margin means the same for short
/// and long completions. The sides thus have derivatives of different size.
func ipoTerm(_ pair: ScoredPair, beta: Double, divergence: FDivergence) -> PairTerm {
  let scores = ScoreMargin(averaged: pair, divergence)
  let distance = scores.value - 1 / (2 * beta)
  return scores.term(1, CurvePoint(value: distance * distance, slope: 2 * distance))
}

/// The self-play preference optimization of Wu et al. (2024, arXiv:2405.00675), equation 4.7, where
/// 1/β is called η, with a judge that is certain: the chosen side wins with probability 1.
///
///     L = (h_w − 1 / 2β)² + (h_l + 1 / 2β)²
func sppoTerm(_ pair: ScoredPair, beta: Double) -> PairTerm {
  let target = 1 / (2 * beta)
  let (chosen, rejected) = (pair.chosen.logRatio - target, pair.rejected.logRatio + target)
  return PairTerm(
    value: chosen * chosen + rejected * rejected, chosen: 2 * chosen, rejected: 2 * rejected)
}
