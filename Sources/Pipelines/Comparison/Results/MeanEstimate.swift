public import Evaluations
internal import PreferenceData

/// A mean with its interval, prompts drawn with replacement.
public struct MeanEstimate: Sendable, Hashable, Codable {
  /// The mean.
  public var value: Double
  /// The interval's lower end.
  public var lower: Double
  /// The interval's upper end.
  public var upper: Double
  /// Of how many numbers.
  public var count: Int

  /// An estimate.
  ///
  /// - Parameters:
  ///   - value: The mean.
  ///   - interval: Its interval.
  ///   - count: Of how many numbers.
  public init(_ value: Double, _ interval: ConfidenceInterval, count: Int) {
    self.value = value
    lower = interval.lower
    upper = interval.upper
    self.count = count
  }

  /// The mean of numbers, some of which belong together; `nil` without numbers.
  ///
  /// - Parameters:
  ///   - values: Finite numbers.
  ///   - clusters: What is drawn together, such as the prompt of each.
  ///   - seed: What the draws depend on.
  init?(_ values: [Double], clusters: [Int], seed: UInt64) {
    guard let mean = MeanVariance(values).mean else { return nil }
    var random = SeededGenerator(seed: seed)
    let rounds = Bootstrap().distribution(clusters: clusters, using: &random) { rows in
      rows.reduce(0) { $0 + values[$1] } / Double(rows.count)
    }
    guard let interval = rounds.interval() else { return nil }
    self.init(mean, interval, count: values.count)
  }
}

extension ShareEstimate {
  /// The mean of shares, some of which belong together; `nil` without any.
  ///
  /// Where all are 0, or all 1, every draw is the same and would claim certainty: then the interval is Wilson's,
  /// of as many trials as there are clusters.
  ///
  /// - Parameters:
  ///   - shares: From 0 to 1.
  ///   - clusters: What is drawn together, such as the prompt of each.
  ///   - seed: What the draws depend on.
  init?(_ shares: [Double], clusters: [Int], seed: UInt64) {
    guard let mean = MeanEstimate(shares, clusters: clusters, seed: seed) else { return nil }
    (value, lower, upper, count) = (mean.value, mean.lower, mean.upper, mean.count)
    guard shares.allSatisfy({ $0 == shares[0] }), shares[0] == 0 || shares[0] == 1 else { return }
    let trials = Set(clusters).count
    guard
      let interval = Proportion(successes: shares[0] * Double(trials), count: trials).interval()
    else { return }
    (lower, upper) = (interval.lower, interval.upper)
  }
}

extension ShareEstimate {
  /// A share of answers, with Wilson's interval where each stands for itself, else with clusters drawn with
  /// replacement; `nil` without answers.
  ///
  /// - Parameters:
  ///   - answers: What holds of each.
  ///   - clusters: What is drawn together, such as the prompt of each.
  ///   - seed: What the draws depend on.
  init?(of answers: [Bool], clusters: [Int], seed: UInt64) {
    if Set(clusters).count == clusters.count {
      self.init(Proportion(successes: Double(answers.count { $0 }), count: answers.count))
    } else {
      self.init(answers.map { $0 ? 1 : 0 }, clusters: clusters, seed: seed)
    }
  }
}
