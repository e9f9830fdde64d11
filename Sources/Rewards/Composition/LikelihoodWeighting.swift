#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How far a score is trusted for a completion that the reference finds unlikely: reward models and
/// judges are reliable near the texts they know, and a policy that is paid elsewhere finds their
/// mistakes.
///
/// ℓ is the mean log probability of a token of the completion under the reference, in nats.
public enum LikelihoodWeighting: Sendable, Hashable {
  /// The score shrinks towards a floor, floor + w·(score − floor) with
  /// w = min(1, exp((ℓ − threshold)/temperature)): untouched down to the threshold, then falling with
  /// the likelihood. The floor must lie below what scores reach, or unlikely texts gain.
  case scaling(threshold: Double, temperature: Double = 1, floor: Double = 0)
  /// The completion has no score where ℓ is below the threshold.
  case filtering(threshold: Double)

  /// What remains of a score.
  ///
  /// - Parameters:
  ///   - score: A finite score.
  ///   - logProbability: ℓ, in nats a token, at most 0.
  /// - Returns: The score to use; `nil` where the completion is left out.
  public func apply(to score: Double, logProbability: Double) -> Double? {
    switch self {
    case .scaling(let threshold, let temperature, let floor):
      precondition(temperature > 0, "a temperature of \(temperature)")
      let weight = min(1, exp((logProbability - threshold) / temperature))
      return floor + weight * (score - floor)
    case .filtering(let threshold):
      return logProbability >= threshold ? score : nil
    }
  }
}
