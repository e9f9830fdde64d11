#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far a policy is from the one that sampled, over tokens or over whole sequences.
///
/// It holds sums, so that the parts of a batch add up: what metrics show is divided at the end.
///
///     var statistics = RatioStatistics()
///     for outcome in outcomes { statistics.add(outcome.ratios) }
///     statistics.lowFraction  // `clip_ratio/low_mean`
public struct RatioStatistics: Equatable, Sendable {
  /// How many ratios there are: tokens, or sequences where a ratio is that of a sequence.
  public private(set) var count = 0
  /// How many are below the clip range while their advantage is negative.
  public private(set) var lowCount = 0
  /// How many are above the clip range while their advantage is positive.
  public private(set) var highCount = 0
  /// The smallest ratio; ∞ for none.
  public private(set) var minimum = Double.infinity
  /// The largest ratio; 0 for none.
  public private(set) var maximum = 0.0
  /// The smallest fraction of low ratios in a sequence: `clip_ratio/low_min`; 1 for no sequence.
  public private(set) var smallestLowFraction = 1.0
  /// The largest fraction of high ratios in a sequence: `clip_ratio/high_max`; 0 for no sequence.
  public private(set) var largestHighFraction = 0.0
  /// Σ (r − 1): ratios are near 1, where their squares would lose the digits of the variance.
  private var deviationSum = 0.0
  /// Σ (r − 1)².
  private var squaredDeviationSum = 0.0
  /// Σ (log r)² / 2.
  private var divergenceSum = 0.0

  /// No ratios.
  public init() {}

  /// The ratios of one sequence; of none where it has no token.
  init(logRatios: some Collection<Double>, sides: some Collection<ClipSide>) {
    guard !logRatios.isEmpty else { return }
    count = logRatios.count
    lowCount = sides.count { $0 == .low }
    highCount = sides.count { $0 == .high }
    smallestLowFraction = Double(lowCount) / Double(count)
    largestHighFraction = Double(highCount) / Double(count)
    for logRatio in logRatios {
      let (ratio, deviation) = (exp(logRatio), expm1(logRatio))
      minimum = min(ratio, minimum)
      maximum = max(ratio, maximum)
      deviationSum += deviation
      squaredDeviationSum += deviation * deviation
      divergenceSum += logRatio * logRatio / 2
    }
  }

  /// Takes in the ratios of other sequences.
  ///
  /// - Parameter other: Those of another part of the batch.
  public mutating func add(_ other: RatioStatistics) {
    count += other.count
    lowCount += other.lowCount
    highCount += other.highCount
    minimum = min(other.minimum, minimum)
    maximum = max(other.maximum, maximum)
    smallestLowFraction = min(other.smallestLowFraction, smallestLowFraction)
    largestHighFraction = max(other.largestHighFraction, largestHighFraction)
    deviationSum += other.deviationSum
    squaredDeviationSum += other.squaredDeviationSum
    divergenceSum += other.divergenceSum
  }

  /// The fraction of low ratios: `clip_ratio/low_mean`; 0 for no ratios, as all below.
  public var lowFraction: Double { perRatio(Double(lowCount)) }
  /// The fraction of high ratios: `clip_ratio/high_mean`.
  public var highFraction: Double { perRatio(Double(highCount)) }
  /// The fraction of clipped ratios: `clip_ratio/region_mean`, `policy/clipfrac_avg`.
  public var clippedFraction: Double { perRatio(Double(lowCount + highCount)) }
  /// The mean ratio: `val/ratio`, 1 for a policy that sampled itself.
  public var mean: Double { count == 0 ? 0 : 1 + perRatio(deviationSum) }
  /// The variance of the ratios, divided by their number.
  public var variance: Double {
    // Rounding can bring a variance of 0 below it.
    max(0, perRatio(squaredDeviationSum) - perRatio(deviationSum) * perRatio(deviationSum))
  }
  /// The mean of (log π − log π_old)² / 2, which approximates KL(π_old‖π) in nats a ratio:
  /// `policy/approxkl_avg`, over real tokens only.
  public var approximateKL: Double { perRatio(divergenceSum) }

  /// A sum divided by the number of ratios.
  private func perRatio(_ sum: Double) -> Double { count == 0 ? 0 : sum / Double(count) }
}
