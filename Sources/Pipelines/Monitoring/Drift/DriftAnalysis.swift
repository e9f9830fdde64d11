internal import Evaluations
internal import PreferenceData

/// Compares a window of responses with a baseline.
///
///     topics are learned from the baseline's questions; what is unlike all of them is left out
///     behaviour: each column within topics, the baseline weighted by the window's topics, Holm
///     users:     topics, words, length and harm of questions, Holm
///     changes:   cumulative sums along the window, in deviations of the topic
public struct DriftAnalysis: Sendable {
  let baseline: AlignmentBaseline
  var settings: DriftSettings { baseline.settings }

  /// An analysis against a baseline.
  ///
  /// - Parameter baseline: What windows are compared with.
  public init(_ baseline: AlignmentBaseline) { self.baseline = baseline }

  /// Compares.
  ///
  /// - Parameters:
  ///   - window: Responses that the baseline has placed, in the order of the log.
  ///   - canary: How a fixed set of prompts was answered, beside the baseline's answers; `nil` where it was not.
  ///   - notes: What a reader should know besides.
  /// - Returns: What has drifted.
  /// - Throws: `EvaluationError` where the classifier of questions cannot be fitted.
  public func callAsFunction(
    _ window: [PlacedResponse], canary: CanaryWins? = nil, notes: [String] = []
  ) throws -> DriftReport {
    let window = Self.inTime(window)
    let questions = QuestionComparison(baseline, window)
    let found = try findings(window, questions, canary)
    let counts = questions.counts(topics: baseline.topics.count)
    let drifted = found.behaviour.filter(\.isDrift).compactMap { ResponseColumn(rawValue: $0.name) }
    let examples = DriftExamples(baseline.rows, window)
    return DriftReport(
      settings: settings,
      baseline: AlignmentMetrics(baseline.rows.map(\.measured), seed: settings.seed),
      current: AlignmentMetrics(window.map(\.measured), seed: settings.seed),
      behaviour: found.behaviour, covariates: found.covariates, untested: found.untested,
      changes: found.changes, topics: topics(counts),
      unfamiliarShare: Self.share(counts.current.last ?? 0, of: counts.current),
      unfamiliarQuestions: questions.current.filter { $0.topic == nil }.prefix(5).map {
        String($0.measured.question.prefix(200))
      },
      frechetDistance: found.frechetDistance, leftOut: leftOut(window),
      courses: found.columns.map { ColumnCourse($0, of: window, against: baseline.rows) },
      examples: drifted.flatMap { examples($0) },
      notes: notes + self.notes(window, questions))
  }

  /// By time, where all responses have one; else as they stand.
  static func inTime(_ rows: [PlacedResponse]) -> [PlacedResponse] {
    let times = rows.compactMap(\.measured.response.time)
    guard times.count == rows.count else { return rows }
    return rows.indices.sorted { (times[$0], $0) < (times[$1], $1) }.map { rows[$0] }
  }

  private func topics(_ counts: (baseline: [Int], current: [Int])) -> [TopicShare] {
    let questions = Dictionary(grouping: baseline.rows, by: \.topic)
      .mapValues { Set($0.map(\.measured.question)).count }
    return (0..<baseline.topics.count).map { topic in
      TopicShare(
        name: baseline.topics.name(of: topic),
        baseline: Self.share(counts.baseline[topic], of: counts.baseline),
        current: Self.share(counts.current[topic], of: counts.current),
        isCompared: questions[topic, default: 0] >= settings.leastQuestions)
    }
  }

  private static func share(_ count: Int, of counts: [Int]) -> Double {
    Double(count) / Double(max(1, counts.reduce(0, +)))
  }

  /// Responses to which the baseline has nothing like.
  private func leftOut(_ window: [PlacedResponse]) -> Int {
    let strata = ComparableQuestions(baseline.rows, window, settings) { _ in true }.strata
    return window.count { row in row.stratum.map { !strata.contains($0) } ?? true }
  }
}
