/// How long completions are.
public struct LengthSummary: Sendable, Hashable, Codable {
  /// How many completions there are, at least 1.
  public let count: Int
  /// The mean length.
  public let mean: Double
  /// The sample deviation of lengths; `nil` for a single one.
  public let deviation: Double?
  /// The shortest.
  public let minimum: Int
  /// The middle one.
  public let median: Double
  /// The longest.
  public let maximum: Int
  /// The share of completions as long as the limit, which most likely were cut; `nil` without one.
  public let shareAtLimit: Double?

  /// Sums lengths up. The result is `nil` for none.
  ///
  /// - Parameters:
  ///   - lengths: Of each completion, in tokens, words or characters; at least 0.
  ///   - limit: The greatest length that is sampled, in the same unit.
  public init?(_ lengths: [Int], limit: Int? = nil) {
    let numbers = lengths.map(Double.init)
    let moments = MeanVariance(numbers)
    guard let mean = moments.mean, let median = SortedSample(numbers).median,
      let minimum = lengths.min(), let maximum = lengths.max()
    else { return nil }
    precondition(minimum >= 0, "a completion of \(minimum) tokens")
    (count, self.mean, deviation) = (lengths.count, mean, moments.deviation(.sample))
    (self.minimum, self.median, self.maximum) = (minimum, median, maximum)
    shareAtLimit = limit.map { limit in
      Double(lengths.count { $0 >= limit }) / Double(lengths.count)
    }
  }

  /// How much longer these completions are than those of a baseline.
  ///
  /// - Parameter baseline: Of the same prompts, in the same unit, for instance by the SFT model.
  /// - Returns: The growth.
  public func growth(over baseline: LengthSummary) -> LengthGrowth {
    LengthGrowth(from: baseline, to: self)
  }
}

/// How much longer completions have become.
public struct LengthGrowth: Sendable, Hashable, Codable {
  /// Mean/the baseline's mean; `nil` where the baseline says nothing.
  public let ratio: Double?
  /// Cohen's d: the difference of means in pooled deviations
  /// √(((n₁ − 1)s₁² + (n₂ − 1)s₂²)/(n₁ + n₂ − 2)); `nil` where lengths do not vary.
  public let standardizedShift: Double?

  init(from baseline: LengthSummary, to current: LengthSummary) {
    ratio = baseline.mean > 0 ? current.mean / baseline.mean : nil
    func squares(_ summary: LengthSummary) -> Double {
      Double(summary.count - 1) * (summary.deviation ?? 0) * (summary.deviation ?? 0)
    }
    let freedom = Double(baseline.count + current.count - 2)
    let pooled = freedom > 0 ? ((squares(baseline) + squares(current)) / freedom).squareRoot() : 0
    standardizedShift = pooled > 0 ? (current.mean - baseline.mean) / pooled : nil
  }
}
