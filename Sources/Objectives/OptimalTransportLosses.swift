// Losses of whole distributions: the alignment via optimal transport of Melnyk et al. (2024,
// arXiv:2406.05882, section 3). One distribution shall dominate another: each of its quantiles shall be the
// higher one. Between two samples of n numbers the quantiles are their sorted values, so what is
// compared are ranks, and a pair's loss depends on all others. With a gap d_k between the numbers of
// rank k,
//
//     L_k = −(1 − ε) log σ(βd_k) − ε log σ(−βd_k)
//
// Sorting is piecewise constant, so its derivative is the permutation itself.

/// The paired form: the margins log π_w − log π_l of the policy over those of the reference. The
/// value of a rank belongs to the pair whose policy margin has it.
func optimalTransportTerms(
  _ pairs: [ScoredPair], beta: Double, labelSmoothing: Double
) -> [PairTerm] {
  let policy = pairs.map { $0.chosen.policy - $0.rejected.policy }
  let reference = pairs.map { $0.chosen.reference - $0.rejected.reference }
  var terms = pairs.map { _ in PairTerm(value: 0, chosen: 0, rejected: 0) }
  for (pair, opponent) in zip(ascendingOrder(of: policy), ascendingOrder(of: reference)) {
    let loss = logisticLoss(
      beta * (policy[pair] - reference[opponent]), labelSmoothing: labelSmoothing)
    terms[pair] = PairTerm(value: loss.value, margin: beta * loss.slope)
  }
  return terms
}

/// The unpaired form: the chosen log ratios over the rejected ones. The value of a rank belongs to
/// the pair whose chosen log ratio has it; the rejected side that it pushes down may be another's.
func unpairedOptimalTransportTerms(
  _ pairs: [ScoredPair], beta: Double, labelSmoothing: Double
) -> [PairTerm] {
  let chosen = pairs.map(\.chosen.logRatio)
  let rejected = pairs.map(\.rejected.logRatio)
  var terms = pairs.map { _ in PairTerm(value: 0, chosen: 0, rejected: 0) }
  for (pair, opponent) in zip(ascendingOrder(of: chosen), ascendingOrder(of: rejected)) {
    let loss = logisticLoss(
      beta * (chosen[pair] - rejected[opponent]), labelSmoothing: labelSmoothing)
    terms[pair].value = loss.value
    terms[pair].chosen = beta * loss.slope
    terms[opponent].rejected = -beta * loss.slope
  }
  return terms
}

/// The indices of `values` from the smallest to the largest; NaN is largest, as PyTorch has it, and
/// what is equal keeps its order.
private func ascendingOrder(of values: [Double]) -> [Int] {
  values.indices.sorted { first, second in
    let (a, b) = (values[first], values[second])
    if a == b || (a.isNaN && b.isNaN) { return first < second }
    return a < b || b.isNaN && !a.isNaN
  }
}
