/// A member of the direct preference optimization family, with the parameters that it alone has.
///
/// β belongs to all of them and is kept in ``DPOLoss``.
public enum DPOVariant: Equatable, Sendable {
  /// The original loss; with label smoothing ε > 0 it is conservative DPO (cDPO).
  ///
  /// ε is the probability that a judgment is the wrong way round, from 0 to 0.5. TRL 1.16 dropped the
  /// smoothing from its sigmoid loss; with ε = 0 the two agree.
  case sigmoid(labelSmoothing: Double = 0)
  /// Identity preference optimization: a squared distance to a margin of 1 / 2β, per token.
  case ipo
  /// The hinge of SLiC and RSO: pairs beyond the margin have no say.
  case hinge
}

extension DPOVariant {
  /// The unweighted loss of each pair and its derivatives by the log ratios.
  ///
  /// It takes the whole batch: a loss that couples its pairs is one more case here, and no other
  /// file changes.
  func terms(of pairs: [LogRatioPair], beta: Double) -> [PairTerm] {
    switch self {
    case .sigmoid(let labelSmoothing):
      pairs.map { sigmoidTerm($0, beta: beta, labelSmoothing: labelSmoothing) }
    case .ipo:
      pairs.map { ipoTerm($0, beta: beta) }
    case .hinge:
      pairs.map { hingeTerm($0, beta: beta) }
    }
  }
}

/// Rafailov et al. (2023, arXiv:2305.18290), equation 7, at z = β(h_w − h_l):
///
///     L = −log σ(z)        dL/dz = −σ(−z)
///
/// and with label smoothing ε, Mitchell (2023, "A note on DPO with noisy preferences"), equation 3:
///
///     L = −(1 − ε) log σ(z) − ε log σ(−z)        dL/dz = −(1 − ε) σ(−z) + ε σ(z)
///
/// The derivative equals σ(z) − (1 − ε), but in that form a pair that is already well separated
/// would lose all digits of its gradient.
private func sigmoidTerm(
  _ pair: LogRatioPair, beta: Double, labelSmoothing epsilon: Double
) -> PairTerm {
  let z = beta * pair.margin
  // 0 · log σ is written as 0: at an infinite margin the product would be NaN.
  let flipped = epsilon == 0 ? 0 : epsilon * logSigmoid(-z)
  return PairTerm(
    value: -(1 - epsilon) * logSigmoid(z) - flipped,
    margin: beta * (-(1 - epsilon) * sigmoid(-z) + epsilon * sigmoid(z)))
}

/// Azar et al. (2023, arXiv:2310.12036), equation 17, where β is called τ:
///
///     L = (h_w / |y_w| − h_l / |y_l| − 1 / 2β)²
///
/// The paper's h is a sum over the completion. As in TRL 1.16, which asked the authors, it is
/// averaged over the completion's tokens here, so that the target margin means the same for short
/// and long completions. The sides thus have derivatives of different size.
private func ipoTerm(_ pair: LogRatioPair, beta: Double) -> PairTerm {
  let margin = pair.chosen / pair.chosenTokens - pair.rejected / pair.rejectedTokens
  let distance = margin - 1 / (2 * beta)
  return PairTerm(
    value: distance * distance,
    chosen: 2 * distance / pair.chosenTokens,
    rejected: -2 * distance / pair.rejectedTokens)
}

/// The sequence likelihood calibration of Zhao et al. (2023, arXiv:2305.10425), on log ratios with
/// a margin of 1: the "hinge-norm" loss of Liu et al. (2023, arXiv:2309.06657), where β is called γ:
///
///     L = max(0, 1 − β(h_w − h_l))
///
/// At the kink the derivative is taken as 0, as PyTorch's `relu` has it.
private func hingeTerm(_ pair: LogRatioPair, beta: Double) -> PairTerm {
  let shortfall = 1 - beta * pair.margin
  // `shortfall <= 0` rather than `> 0`, so that NaN is passed on and not taken for a perfect pair.
  return shortfall <= 0
    ? PairTerm(value: 0, margin: 0) : PairTerm(value: shortfall, margin: -beta)
}
