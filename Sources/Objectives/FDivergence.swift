#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which divergence holds the policy to the reference.
///
/// Wang et al. (2023, arXiv:2309.16240) replace the reverse KL divergence under DPO by any
/// f-divergence: the implicit reward becomes r = β f′(π / π_ref) + const, where the constant cancels
/// in a difference of two rewards. So it exists only for losses that
/// see such a difference; those that look at each side by itself have none.
///
/// The *score* of a completion is f′(eʰ) at its log ratio h = log π − log π_ref, with TRL's constants:
/// each score is 0 where policy and reference agree.
public enum FDivergence: Equatable, Sendable {
  /// KL(π‖π_ref), as in DPO itself: f′(eʰ) = h, up to a constant.
  case reverseKL
  /// KL(π_ref‖π), which covers all that the reference does: f′(eʰ) = 1 − e⁻ʰ.
  case forwardKL
  /// Jensen–Shannon, symmetric and bounded: f′(eʰ) = log 2 + log σ(h), at most log 2.
  case jensenShannon
  /// The α-divergence, between forward KL (α = 0) and reverse KL (α = 1):
  /// f′(eʰ) = (e^{(α−1)h} − 1) / (α − 1).
  ///
  /// The exponent is at most 80, as in TRL for single precision: beyond, the score is constant.
  case alpha(Double)

  /// The score at a log ratio, and its derivative by the log ratio.
  ///
  /// - Parameter logRatio: h = log π − log π_ref, in nats.
  /// - Returns: f′(eʰ) and d f′(eʰ) / dh, which is never negative.
  func score(at logRatio: Double) -> CurvePoint {
    switch self {
    case .reverseKL, .alpha(1):
      CurvePoint(value: logRatio, slope: 1)
    case .forwardKL:
      CurvePoint(value: -expm1(-logRatio), slope: exp(-logRatio))
    case .jensenShannon:
      CurvePoint(value: log(2) + logSigmoid(logRatio), slope: sigmoid(-logRatio))
    case .alpha(let alpha):
      alphaScore((alpha - 1) * logRatio, order: alpha - 1)
    }
  }

  /// (e^t − 1) / (α − 1) at t = (α − 1)h; `expm1` keeps the digits that α near 1 leaves.
  private func alphaScore(_ exponent: Double, order: Double) -> CurvePoint {
    exponent > 80
      ? CurvePoint(value: expm1(80) / order, slope: 0)
      : CurvePoint(value: expm1(exponent) / order, slope: exp(exponent))
  }
}
