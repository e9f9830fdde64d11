#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far the policy may move from the one that sampled before it gains nothing by going further.
///
/// With the ratio r = π / π_old of a token or a sequence, and its advantage A:
///
///     L = −min(A min(r, δ), A clip(r, 1 − ε_low, 1 + ε_high))
///
/// Schulman et al. (2017, arXiv:1707.06347), equation 7, with one ε for both sides and no δ. A higher
/// ε_high leaves room for tokens that were unlikely: Yu et al. (2025, arXiv:2503.14476, "DAPO").
///
/// Without δ, a token of negative advantage whose ratio has grown has a loss without bound; δ > 1 +
/// ε_high bounds it, and from there on ends its gradient: "two-sided" clipping, as in TRL.
public struct ClipRange: Equatable, Sendable {
  /// ε_low, from 0 to 1: below 1 − ε_low a completion that was bad is not pushed down further.
  public let low: Double
  /// ε_high, at least 0: above 1 + ε_high a completion that was good is not pulled up further.
  public let high: Double
  /// δ, above 1 + ε_high: above it a completion that was bad is not pushed down either.
  public let ceiling: Double?

  /// A range around a ratio of 1.
  ///
  /// - Parameters:
  ///   - low: ε_low, from 0 to 1.
  ///   - high: ε_high, at least 0; `nil` for the same as below.
  ///   - ceiling: δ, above 1 + ε_high; `nil` for none.
  public init(_ low: Double = 0.2, high: Double? = nil, ceiling: Double? = nil) {
    let high = high ?? low
    precondition((0...1).contains(low), "ε is \(low), but must be from 0 to 1")
    precondition(high >= 0, "the upper ε is \(high), but must be at least 0")
    precondition(
      ceiling.map { $0 > 1 + high } ?? true,
      "δ is \(ceiling ?? 0), but must be above 1 + ε = \(1 + high)")
    self.low = low
    self.high = high
    self.ceiling = ceiling
  }

  /// The loss by the logarithm of the ratio, and its derivative −A r where nothing is clipped.
  ///
  /// On the edge of the range, where both branches meet, the derivative is the unclipped one, as
  /// PyTorch's `clamp` has it.
  func loss(logRatio: Double, advantage: Double) -> CurvePoint {
    let ratio = exp(logRatio)
    let free = damped(min(ratio, ceiling ?? .infinity), by: advantage)
    let clipped = damped(ratio.clamped(to: (1 - low)...(1 + high)), by: advantage)
    // Written so that NaN, for which each comparison fails, is passed on and not taken for clipped.
    if free > clipped { return CurvePoint(value: -clipped, slope: 0) }
    let isAboveCeiling = ceiling.map { ratio > $0 } ?? false
    return CurvePoint(value: -free, slope: isAboveCeiling ? 0 : -free)
  }

  /// On which side the ratio has left the range in the direction of its advantage.
  func side(logRatio: Double, advantage: Double) -> ClipSide {
    let ratio = exp(logRatio)
    if ratio < 1 - low && advantage < 0 { return .low }
    return ratio > 1 + high && advantage > 0 ? .high : .inside
  }
}

/// Whether a ratio is clipped, so that its loss has no gradient.
///
/// A ratio outside of the range whose advantage pulls it back counts as inside, as in TRL's metrics.
enum ClipSide {
  case inside
  /// Below, with a negative advantage.
  case low
  /// Above, with a positive advantage.
  case high
}
