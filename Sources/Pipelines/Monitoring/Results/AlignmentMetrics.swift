internal import Evaluations

/// What a window of responses comes to.
public struct AlignmentMetrics: Sendable, Hashable, Codable {
  /// How many responses it has.
  public let responses: Int
  /// How many different questions they answer.
  public let questions: Int
  /// The columns that were measured, in the order of ``ResponseColumn``, and then what only a whole window has:
  /// how alike its answers are.
  public let metrics: [MetricSummary]

  /// Sums up a window.
  ///
  /// - Parameters:
  ///   - rows: The responses.
  ///   - seed: What the draws of intervals depend on.
  public init(_ rows: [MeasuredResponse], seed: UInt64 = 0) {
    responses = rows.count
    questions = Set(rows.map(\.question)).count
    metrics =
      ResponseColumn.allCases.compactMap { MetricSummary($0, of: rows, seed: seed) }
      + [Self.similarity(rows)].compactMap { $0 }
  }

  /// The mean cosine of the word pairs of answers to different questions: collapse makes it rise, whatever the
  /// size of the window.
  private static func similarity(_ rows: [MeasuredResponse]) -> MetricSummary? {
    let words = rows.map { Words.split($0.response.completion) }
    return SelfSimilarity(words, prompts: rows.map(\.question)).acrossPrompts.map {
      MetricSummary(
        name: "self_similarity", title: "Likeness of answers", isShare: false, mean: $0,
        count: rows.count)
    }
  }

  /// A metric by its name.
  public subscript(name: String) -> MetricSummary? { metrics.first { $0.name == name } }

  /// Every number by name: means as they are, and quantiles of those that have any under the name of the column
  /// with `_p05`, `_p50` and `_p95`, as `reward_p05`.
  public var values: [String: Double] {
    var values: [String: Double] = [:]
    for metric in metrics {
      values[metric.name] = metric.mean
      let stem = metric.name.hasSuffix("_mean") ? String(metric.name.dropLast(5)) : metric.name
      values["\(stem)_p05"] = metric.p05
      values["\(stem)_p50"] = metric.p50
      values["\(stem)_p95"] = metric.p95
    }
    return values
  }
}
