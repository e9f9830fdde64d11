public import Evaluations
internal import PreferenceData

/// A share of something, with its interval.
public struct ShareEstimate: Sendable, Hashable, Codable {
  /// The share.
  public var value: Double
  /// The interval's lower end.
  public var lower: Double
  /// The interval's upper end.
  public var upper: Double
  /// Of how many.
  public var count: Int

  /// An estimate.
  ///
  /// - Parameters:
  ///   - value: The share.
  ///   - interval: Its interval.
  ///   - count: Of how many.
  public init(_ value: Double, _ interval: ConfidenceInterval, count: Int) {
    self.value = value
    lower = interval.lower
    upper = interval.upper
    self.count = count
  }

  /// A share with Wilson's interval; `nil` without trials.
  ///
  /// - Parameter share: The share.
  public init?(_ share: Proportion) {
    guard let value = share.value, let interval = share.interval() else { return nil }
    self.init(value, interval, count: share.count)
  }

  /// A win rate with Wilson's interval; `nil` without comparisons.
  ///
  /// - Parameter rate: The win rate.
  public init?(_ rate: WinRate) {
    guard let value = rate.value, let interval = rate.interval() else { return nil }
    self.init(value, interval, count: rate.count)
  }

  /// An accuracy with Wilson's interval; `nil` without pairs.
  ///
  /// - Parameter accuracy: The accuracy.
  public init?(_ accuracy: PairwiseAccuracy) {
    guard let value = accuracy.value, let interval = accuracy.interval() else { return nil }
    self.init(value, interval, count: accuracy.count)
  }
}

/// How often the model scores the better completion higher.
public struct AccuracyResult: Sendable, Hashable, Codable {
  /// Where the interval of an accuracy comes from.
  public enum IntervalKind: String, Sendable, Hashable, Codable {
    /// Wilson's formula: every comparison has a prompt of its own.
    case wilson
    /// Prompts drawn with replacement: some have several comparisons.
    case bootstrapOverPrompts = "bootstrap_over_prompts"
  }

  /// The accuracy, equal scores counted as wrong.
  public var accuracy: ShareEstimate
  /// Where its interval comes from.
  public var interval: IntervalKind
  /// Comparisons with equal scores.
  public var ties: Int
  /// The accuracy if equal scores were half right.
  public var withTieCredit: Double

  /// Counts.
  ///
  /// The result is `nil` without margins.
  ///
  /// - Parameters:
  ///   - margins: Score of the better less score of the worse completion.
  ///   - prompts: The prompt of each comparison.
  ///   - random: The source of draws.
  init?(margins: [Double], prompts: [Int], using random: inout SeededGenerator) {
    let measured = PairwiseAccuracy(margins: margins)
    guard let estimate = ShareEstimate(measured), let credit = measured.valueWithTieCredit else {
      return nil
    }
    accuracy = estimate
    interval = .wilson
    ties = measured.ties
    withTieCredit = credit
    guard Set(prompts).count < prompts.count else { return }
    let rounds = Bootstrap().distribution(clusters: prompts, using: &random) { rows in
      PairwiseAccuracy(margins: rows.map { margins[$0] }).value
    }
    if let bounds = rounds.interval() {
      accuracy = ShareEstimate(estimate.value, bounds, count: estimate.count)
      interval = .bootstrapOverPrompts
    }
  }
}

/// What an evaluator reaches that knows nothing, or nothing but lengths.
public struct BaselineResult: Sendable, Hashable, Codable {
  /// Guessing; its interval is the range in which guessing falls by chance.
  public var random: ShareEstimate
  /// Taking the completion of more tokens; equal ones are half right.
  public var pickLonger: ShareEstimate
  /// Taking the completion of fewer tokens; equal ones are half right.
  public var pickShorter: ShareEstimate
  /// The model's accuracy, ties half right, less that of the better length baseline.
  public var advantage: Double
  /// The interval of ``advantage``, prompts drawn with replacement: its lower end.
  public var advantageLower: Double
  /// The interval of ``advantage``: its upper end.
  public var advantageUpper: Double

  /// What is right about a comparison: 1, 0 or, by a coin, ½.
  private static func credit(_ difference: Double) -> Double {
    difference > 0 ? 1 : difference < 0 ? 0 : 0.5
  }

  init?(_ pairs: PairTable, using generator: inout SeededGenerator) {
    let guess = RandomBaseline(count: pairs.count)
    let lengths = LengthBaseline(chosen: pairs.chosenTokens, rejected: pairs.rejectedTokens)
    guard let value = guess.value, let interval = guess.interval(),
      let longer = ShareEstimate(lengths.pickLonger),
      let shorter = ShareEstimate(lengths.pickShorter)
    else { return nil }
    random = ShareEstimate(value, interval, count: pairs.count)
    pickLonger = longer
    pickShorter = shorter
    let sign: Double = longer.value >= shorter.value ? 1 : -1
    let gains = (0..<pairs.count).map { place in
      Self.credit(pairs.margins[place])
        - Self.credit(sign * Double(pairs.chosenTokens[place] - pairs.rejectedTokens[place]))
    }
    let rounds = Bootstrap().distribution(clusters: pairs.prompts, using: &generator) { rows in
      MeanVariance(rows.map { gains[$0] }).mean
    }
    guard let gain = MeanVariance(gains).mean, let bounds = rounds.interval() else { return nil }
    (advantage, advantageLower, advantageUpper) = (gain, bounds.lower, bounds.upper)
  }
}
