/// Rewards or advantages brought to a standard deviation of 1.
///
///     x′ = (x − mean) / √(variance + 10⁻⁸)  [+ mean, where it is kept]
///
/// The variance is unbiased, divided by n − 1. It is TRL's `masked_whiten`, with the mask applied
/// already: only the tokens that the policy sampled are handed in, never padding, whose zeros would
/// shrink mean and variance alike.
///
/// A batch that has no variance, and so also a lone number, becomes 0 (or the mean), where TRL has a
/// division by zero for the latter.
///
///     Whitening(mean: .removed).evaluate([1, 2, 3])  // [-1, 0, 1]
///     Whitening(mean: .kept).evaluate([1, 2, 3])     // [1, 2, 3]
public struct Whitening: Equatable, Sendable {
  /// What becomes of the mean.
  public enum Mean: String, CaseIterable, Codable, Sendable {
    /// It is 0 afterwards, as for advantages.
    case removed
    /// It is as before, as for rewards: to move it would change what the policy is rewarded for.
    case kept
  }

  /// What becomes of the mean.
  public let mean: Mean

  /// A way of whitening.
  ///
  /// - Parameter mean: What becomes of the mean.
  public init(mean: Mean) { self.mean = mean }

  /// The same numbers with a standard deviation of 1.
  ///
  /// - Parameter numbers: One a real token, of the whole batch that shares its statistics.
  /// - Returns: One number for each.
  public func evaluate(_ numbers: [Double]) -> [Double] {
    let moments = Moments(numbers)
    let scale = 1 / (moments.variance + 1e-8).squareRoot()
    let offset =
      switch mean {
      case .removed: 0.0
      case .kept: moments.mean
      }
    return numbers.map { ($0 - moments.mean) * scale + offset }
  }
}
