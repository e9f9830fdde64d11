internal import Evaluations

/// One metric of a window: its mean with an interval, and where its values lie.
public struct MetricSummary: Sendable, Hashable, Codable {
  /// What rules and dashboards call it.
  public var name: String
  /// What pages call it.
  public var title: String
  /// Whether it is a share from 0 to 1.
  public var isShare: Bool
  /// The mean.
  public var mean: Double
  /// The lower end of its interval of 95 %, questions drawn with replacement; Wilson's of shares.
  public var lower: Double?
  /// The upper end.
  public var upper: Double?
  /// The value below which 5 % lie; `nil` for shares.
  public var p05: Double?
  /// The median.
  public var p50: Double?
  /// The value below which 95 % lie.
  public var p95: Double?
  /// Of how many responses.
  public var count: Int
}

extension MetricSummary {
  /// A column of responses; `nil` where it was measured of none.
  ///
  /// - Parameters:
  ///   - column: The column.
  ///   - rows: The responses.
  ///   - seed: What the draws depend on.
  init?(_ column: ResponseColumn, of rows: [MeasuredResponse], seed: UInt64) {
    var (values, questions): ([Double], [Int]) = ([], [])
    var numbers: [String: Int] = [:]
    for row in rows {
      guard let value = row.values[column] else { continue }
      values.append(value)
      let number = numbers[row.question] ?? numbers.count
      numbers[row.question] = number
      questions.append(number)
    }
    guard let mean = MeanVariance(values).mean else { return nil }
    self.init(
      name: column.metric, title: column.title, isShare: column.isShare, mean: mean,
      count: values.count)
    if column.isShare {
      let share = ShareEstimate(values, clusters: questions, seed: seed)
      (lower, upper) = (share?.lower, share?.upper)
    } else {
      let estimate = MeanEstimate(values, clusters: questions, seed: seed)
      let sorted = SortedSample(values)
      (lower, upper) = (estimate?.lower, estimate?.upper)
      (p05, p50, p95) = (sorted.quantile(0.05), sorted.median, sorted.quantile(0.95))
    }
  }
}
