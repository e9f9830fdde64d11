internal import Evaluations
internal import PreferenceData

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The hidden states of a model on both sides, within strata: with weights a that add up to 1 over the window and
/// to −1 over the baseline, aᵀ·K·a of a Gaussian kernel K is the squared distance of their means in its space.
///
/// Wide states are first projected on 32 random directions, which keep distances on average.
struct HiddenStateComparison {
  /// aᵀ·K·a less its mean over exchanges, which is about 0 without drift.
  private(set) var discrepancy = 0.0
  /// The probability of at least this without drift.
  private(set) var pValue = 1.0
  /// The Fréchet distance of the window from the baseline weighted alike.
  let frechet: Double
  /// How many states of the window were compared.
  let count: Int

  private static let width = 32

  /// Compares; `nil` where one side has too few questions with a state.
  init?(
    _ baseline: [PlacedResponse], _ current: [PlacedResponse], _ settings: DriftSettings,
    using random: inout SeededGenerator
  ) {
    func drawn(_ rows: [PlacedResponse]) -> [PlacedResponse] {
      let known = rows.filter { $0.measured.hiddenState != nil }
      return random.permutation(of: known.count).prefix(settings.hiddenStates).map { known[$0] }
    }
    let (before, now) = (drawn(baseline), drawn(current))
    guard let width = (before + now).compactMap({ $0.measured.hiddenState?.count }).first
    else { return nil }
    let directions = Self.directions(from: width, using: &random)
    guard
      let sample = StratifiedSample(
        before, now, settings,
        value: { $0.measured.hiddenState.map { Self.project($0, on: directions) } }),
      let gamma = Self.gamma(sample)
    else { return nil }
    count = sample.questionOfValue.count { sample.isCurrent[$0] }
    let kernel = Self.kernel(sample.values, gamma)
    func statistic(_ isCurrent: [Bool]) -> Double {
      let weights = sample.weights(isCurrent)
      let each = sample.questionOfValue.map { weights[$0] }
      var sum = 0.0
      for (row, weight) in each.enumerated() {
        var product = 0.0
        for column in each.indices { product += kernel[row * each.count + column] * each[column] }
        sum += weight * product
      }
      return sum
    }
    var (seen, total): (Double?, Double) = (nil, 0)
    pValue = PermutationTest(rounds: settings.classifierRounds).pValue(
      strata: sample.strata, isCurrent: sample.isCurrent, using: &random
    ) { isCurrent in
      let value = statistic(isCurrent)
      if seen == nil { seen = value } else { total += value }
      return value
    }
    discrepancy = (seen ?? 0) - total / Double(settings.classifierRounds)
    frechet = Self.frechet(sample)
  }

  private static func directions(
    from width: Int, using random: inout SeededGenerator
  ) -> [[Double]]? {
    guard width > self.width else { return nil }
    let scale = 1 / Double(self.width).squareRoot()
    return (0..<self.width).map { _ in
      (0..<width).map { _ in random.next() & 1 == 0 ? scale : -scale }
    }
  }

  private static func project(_ state: [Double], on directions: [[Double]]?) -> [Double] {
    guard let directions else { return state }
    return directions.map { direction in
      zip(direction, state).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  private static func gamma(_ sample: StratifiedSample<[Double]>) -> Double? {
    var sides: ([[Double]], [[Double]]) = ([], [])
    for (value, question) in zip(sample.values, sample.questionOfValue) {
      if sample.isCurrent[question] { sides.1.append(value) } else { sides.0.append(value) }
    }
    return MaximumMeanDiscrepancy(reference: sides.0, current: sides.1)?.gamma
  }

  private static func kernel(_ rows: [[Double]], _ gamma: Double) -> [Double] {
    rows.flatMap { one in
      rows.map { other in
        let square = zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return exp(-gamma * square)
      }
    }
  }

  private static func frechet(_ sample: StratifiedSample<[Double]>) -> Double {
    let weights = sample.weights(sample.isCurrent)
    func moments(_ isCurrent: Bool) -> GaussianMoments {
      let rows = zip(sample.values, sample.questionOfValue).filter {
        sample.isCurrent[$0.1] == isCurrent
      }
      let dimension = rows.first?.0.count ?? 0
      var mean = [Double](repeating: 0, count: dimension)
      for (row, question) in rows {
        for place in mean.indices { mean[place] += abs(weights[question]) * row[place] }
      }
      var covariance = [[Double]](
        repeating: [Double](repeating: 0, count: dimension), count: dimension)
      for (row, question) in rows {
        for one in mean.indices {
          let part = abs(weights[question]) * (row[one] - mean[one])
          for other in 0...one { covariance[one][other] += part * (row[other] - mean[other]) }
        }
      }
      for one in mean.indices {
        for other in 0..<one { covariance[other][one] = covariance[one][other] }
      }
      return GaussianMoments(mean: mean, covariance: covariance)
    }
    return FrechetDistance.between(moments(false), moments(true))
  }
}
