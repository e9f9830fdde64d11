internal import Evaluations
internal import PreferenceData

/// One column of the baseline beside the same of a window, within strata.
///
/// Numbers are compared by the Wasserstein distance ∫|F − G| of their distributions, which sees a change of the
/// mean and any other; shares by their difference. Both are tested by exchange of questions within strata.
struct ColumnComparison {
  /// The baseline's mean, its strata weighted as in the window.
  let baselineMean: Double
  /// The window's mean.
  let currentMean: Double
  /// The Wasserstein distance in deviations of the baseline.
  let distance: Double
  /// How many values the baseline has.
  let baselineCount: Int
  /// How many values the window has.
  let currentCount: Int
  private let sample: StratifiedSample<Double>
  private let order: [Int]

  /// Compares; `nil` where one side has too few questions.
  init?(
    _ column: ResponseColumn, _ baseline: [PlacedResponse], _ current: [PlacedResponse],
    _ settings: DriftSettings
  ) {
    guard
      let sample = StratifiedSample(
        baseline, current, settings, value: { $0.measured.values[column] })
    else { return nil }
    self.sample = sample
    let order = sample.values.indices.sorted {
      (sample.values[$0], $0) < (sample.values[$1], $1)
    }
    self.order = order
    let weights = sample.weights(sample.isCurrent)
    var (before, now) = (0.0, 0.0)
    for (value, question) in zip(sample.values, sample.questionOfValue) {
      if sample.isCurrent[question] {
        now += weights[question] * value
      } else {
        before -= weights[question] * value
      }
    }
    // From the mean: of the squares' mean less its square, a column that never varied would keep what was rounded.
    var squares = 0.0
    for (value, question) in zip(sample.values, sample.questionOfValue)
    where !sample.isCurrent[question] {
      squares -= weights[question] * (value - before) * (value - before)
    }
    (baselineMean, currentMean) = (before, now)
    baselineCount = sample.questionOfValue.count { !sample.isCurrent[$0] }
    currentCount = sample.values.count - baselineCount
    let own = squares.squareRoot()
    // Of a column that never varied before, the variation of both sides is the scale.
    let scale =
      own > 1e-9 * abs(before)
      ? own : MeanVariance(sample.values).deviation(.population) ?? 0
    let distance = Self.distance(sample, order, weights)
    self.distance = scale > 0 ? distance / scale : 0
  }

  /// (c − b)/|b|; `nil` where there was nothing before.
  var relativeChange: Double? {
    baselineMean == 0 ? nil : (currentMean - baselineMean) / abs(baselineMean)
  }

  /// How great the drift of a number is.
  func distanceEffect(_ settings: DriftSettings) -> DriftEffect {
    .size(distance, limit: settings.distanceLimit)
  }

  /// How great the drift of a share is: its relative change, or that of the rest where the share is above ½,
  /// so that what becomes rare or frequent is seen alike.
  func shareEffect(_ settings: DriftSettings) -> DriftEffect {
    baselineMean <= 0.5
      ? .relativeChange(from: baselineMean, to: currentMean, limit: settings.relativeLimit)
      : .relativeChange(
        from: 1 - baselineMean, to: 1 - currentMean, limit: settings.relativeLimit)
  }

  /// The probability of at least this distance, or difference, without drift.
  func pValue(
    isShare: Bool, rounds: Int, using random: inout SeededGenerator
  ) -> Double {
    PermutationTest(rounds: rounds).pValue(
      strata: sample.strata, isCurrent: sample.isCurrent, using: &random
    ) { isCurrent in
      let weights = sample.weights(isCurrent)
      return isShare
        ? abs(Self.difference(sample, weights)) : Self.distance(sample, order, weights)
    }
  }

  private static func difference(
    _ sample: StratifiedSample<Double>, _ weights: [Double]
  ) -> Double {
    var sum = 0.0
    for (value, question) in zip(sample.values, sample.questionOfValue) {
      sum += weights[question] * value
    }
    return sum
  }

  /// ∫|F − G|, in the order of the values.
  private static func distance(
    _ sample: StratifiedSample<Double>, _ order: [Int], _ weights: [Double]
  ) -> Double {
    var (gap, sum) = (0.0, 0.0)
    var last = order.first.map { sample.values[$0] } ?? 0
    for place in order {
      let value = sample.values[place]
      sum += abs(gap) * (value - last)
      gap += weights[sample.questionOfValue[place]]
      last = value
    }
    return sum
  }
}
