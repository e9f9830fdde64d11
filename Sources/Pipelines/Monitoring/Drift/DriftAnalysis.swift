internal import Evaluations
internal import PreferenceData

/// Compares a window of responses with a baseline.
///
///     topics are learned from the baseline's questions; what is unlike all of them is left out
///     behaviour: each column within topics, the baseline weighted by the window's topics, Holm
///     users:     topics, words, length and harm of questions, Holm
///     changes:   cumulative sums along the window, in deviations of the topic
public struct DriftAnalysis: Sendable {
  private let baseline: AlignmentBaseline
  private var settings: DriftSettings { baseline.settings }

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
    var random = SeededGenerator(seed: settings.seed, purpose: "drift")
    let window = Self.inTime(window)
    let questions = QuestionComparison(baseline, window)
    let columns = testedColumns(window)
    let comparisons = columns.compactMap { column in
      ColumnComparison(column, baseline.rows, window, settings).map { (column, $0) }
    }
    let states = HiddenStateComparison(baseline.rows, window, settings, using: &random)
    let behaviour = behaviour(comparisons, states, canary, using: &random)
    let covariates = try covariates(questions, using: &random)
    let compared = comparisons.map(\.0)
    let counts = questions.counts(topics: baseline.topics.count)
    let drifted = behaviour.filter(\.isDrift).compactMap { ResponseColumn(rawValue: $0.name) }
    let examples = DriftExamples(baseline.rows, window)
    return DriftReport(
      settings: settings,
      baseline: AlignmentMetrics(baseline.rows.map(\.measured), seed: settings.seed),
      current: AlignmentMetrics(window.map(\.measured), seed: settings.seed),
      behaviour: behaviour, covariates: covariates,
      changes: ChangeDetection(columns: compared, settings: settings)(
        baseline.rows, window, using: &random),
      topics: topics(counts),
      unfamiliarShare: Self.share(counts.current.last ?? 0, of: counts.current),
      unfamiliarQuestions: questions.current.filter { $0.topic == nil }.prefix(5).map {
        String($0.measured.question.prefix(200))
      },
      frechetDistance: states?.frechet, leftOut: leftOut(window),
      courses: compared.map { ColumnCourse($0, of: window, against: baseline.rows) },
      examples: drifted.flatMap { examples($0) },
      notes: notes + self.notes(window, compared, questions))
  }

  /// By time, where all responses have one; else as they stand.
  static func inTime(_ rows: [PlacedResponse]) -> [PlacedResponse] {
    let times = rows.compactMap(\.measured.response.time)
    guard times.count == rows.count else { return rows }
    return rows.indices.sorted { (times[$0], $0) < (times[$1], $1) }.map { rows[$0] }
  }

  /// The columns that both sides have. Refusal of anything says nothing new where it is known what asks for harm.
  private func testedColumns(_ window: [PlacedResponse]) -> [ResponseColumn] {
    func isMeasured(_ column: ResponseColumn) -> Bool {
      [baseline.rows, window].allSatisfy { $0.contains { $0.measured.values[column] != nil } }
    }
    let isHarmKnown = isMeasured(.harmfulPrompt)
    return ResponseColumn.allCases.filter {
      $0.family == .behaviour && isMeasured($0) && !($0 == .refusal && isHarmKnown)
    }
  }

  private func behaviour(
    _ comparisons: [(ResponseColumn, ColumnComparison)], _ states: HiddenStateComparison?,
    _ canary: CanaryWins?, using random: inout SeededGenerator
  ) -> [MonitorFinding] {
    var measurements = comparisons.map { column, comparison in
      DriftMeasurement(
        name: column.rawValue,
        pValue: comparison.pValue(
          isShare: column.isShare, rounds: settings.rounds, using: &random),
        effect: column.isShare
          ? comparison.shareEffect(settings) : comparison.distanceEffect(settings))
    }
    if let states {
      measurements.append(
        DriftMeasurement(
          name: "hidden_states", pValue: states.pValue,
          effect: .size(max(0, states.discrepancy), limit: settings.discrepancyLimit)))
    }
    if let canary { measurements.append(canary.measurement(settings)) }
    let family = DriftFamily(measurements, level: settings.level)
    return family.findings.enumerated().map { place, finding in
      guard place < comparisons.count else {
        return finding.measurement.name == "hidden_states"
          ? MonitorFinding(finding, title: "Hidden states", test: .discrepancy)
          : MonitorFinding(
            finding, title: "Wins over the baseline’s answers", test: .wins, baseline: 0.5,
            current: canary?.rate)
      }
      let (column, comparison) = comparisons[place]
      return MonitorFinding(
        finding, title: column.title, test: column.isShare ? .share : .wasserstein,
        baseline: comparison.baselineMean, current: comparison.currentMean)
    }
  }

  private func covariates(
    _ questions: QuestionComparison, using random: inout SeededGenerator
  ) throws -> [MonitorFinding] {
    let family = DriftFamily(
      try questions.measurements(topics: baseline.topics.count, using: &random),
      level: settings.level)
    func mean(_ rows: [PlacedResponse], _ column: ResponseColumn) -> Double? {
      MeanVariance(rows.compactMap { $0.measured.values[column] }).mean
    }
    return family.findings.map { finding in
      switch finding.measurement.name {
      case "topics": MonitorFinding(finding, title: "Mix of topics", test: .stability)
      case "question_words":
        MonitorFinding(finding, title: "Words of questions", test: .classifier)
      default:
        ResponseColumn(rawValue: finding.measurement.name).map { column in
          MonitorFinding(
            finding, title: column.title, test: column.isShare ? .share : .wasserstein,
            baseline: mean(questions.baseline, column), current: mean(questions.current, column))
        } ?? MonitorFinding(finding, title: finding.measurement.name, test: .share)
      }
    }
  }

  private func topics(_ counts: (baseline: [Int], current: [Int])) -> [TopicShare] {
    let questions = Dictionary(grouping: baseline.rows.filter { $0.topic != nil }) { $0.topic ?? 0 }
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
    let questions = Dictionary(grouping: baseline.rows.filter { $0.stratum != nil }) {
      $0.stratum ?? 0
    }.mapValues { Set($0.map(\.measured.question)).count }
    return window.count { row in
      row.stratum.map { questions[$0, default: 0] < settings.leastQuestions } ?? true
    }
  }

  private func notes(
    _ window: [PlacedResponse], _ compared: [ResponseColumn], _ questions: QuestionComparison
  ) -> [String] {
    var notes: [String] = []
    if min(questions.baseline.count, questions.current.count) < settings.leastSample {
      notes.append(
        "a side has fewer than \(settings.leastSample) different questions, so that nothing could be tested"
      )
    }
    if baseline.total > baseline.rows.count {
      notes.append(
        "of \(baseline.total) responses of the baseline, \(baseline.rows.count) were drawn")
    }
    func isThere(_ column: ResponseColumn, _ rows: [PlacedResponse]) -> Bool {
      rows.contains { $0.measured.values[column] != nil }
    }
    for column in ResponseColumn.allCases where column.family == .behaviour {
      let (before, now) = (isThere(column, baseline.rows), isThere(column, window))
      if before != now {
        notes.append(
          "\(column.title.lowercased()): known of \(before ? "the baseline" : "the window") only, and not compared"
        )
      } else if before, !compared.contains(column), column != .refusal {
        notes.append("\(column.title.lowercased()): too few questions to compare")
      }
    }
    if baseline.measurer.toxicity == .words {
      notes.append(
        "toxicity is the share of answers with a word of the list that ships, which knows no context; a classifier, or "
          + "`safety` in the log, says more")
    }
    if baseline.measurer.stance == .phrases {
      notes.append("refusals were read from usual phrases, which is a floor")
    }
    if !isThere(.harmfulPrompt, window) {
      notes.append(
        "the log does not say which prompts ask for harm (`harmful_prompt`), so that refusals of harmful and of harmless "
          + "requests are not told apart")
    }
    if !isThere(.unfactual, window) {
      notes.append(
        "whether answers are factual cannot be had from a log: that takes further answers to the same questions, as attune "
          + "evaluate safety --facts draws them, or `unfactual` in the log")
    }
    if !isThere(.biased, window) {
      notes.append(
        "whether answers are biased cannot be had from a log without a classifier, or `biased` in the log"
      )
    }
    return notes
  }
}
