internal import Evaluations
internal import PreferenceData

/// What the tests of a window say.
struct DriftFindings {
  /// The columns that were tested.
  let columns: [ResponseColumn]
  /// What the model does.
  let behaviour: [MonitorFinding]
  /// What users ask.
  let covariates: [MonitorFinding]
  /// What there are too few questions for.
  let untested: [UntestedMeasures]
  /// Since when columns have left the baseline.
  let changes: [ChangePoint]
  /// The Fréchet distance of hidden states.
  let frechetDistance: Double?
}

extension DriftAnalysis {
  /// Makes the tests.
  ///
  /// - Parameters:
  ///   - window: The window in the order of time.
  ///   - questions: What was asked, before and now.
  ///   - canary: How a fixed set of prompts was answered.
  /// - Returns: What they say.
  /// - Throws: `EvaluationError` where the classifier of questions cannot be fitted.
  func findings(
    _ window: [PlacedResponse], _ questions: QuestionComparison, _ canary: CanaryWins? = nil
  ) throws -> DriftFindings {
    var random = SeededGenerator(seed: settings.seed, purpose: "drift")
    let columns = testedColumns(window)
    let comparisons = columns.compactMap { column in
      ColumnComparison(column, baseline.rows, window, settings).map { (column, $0) }
    }
    let states = HiddenStateComparison(baseline.rows, window, settings, using: &random)
    let behaviour = behaviour(comparisons, states, canary, using: &random)
    let covariates = try covariates(questions, using: &random)
    let compared = comparisons.map(\.0)
    return DriftFindings(
      columns: compared, behaviour: behaviour, covariates: covariates,
      untested: untested(window, columns.filter { !compared.contains($0) }, states),
      changes: ChangeDetection(columns: compared, settings: settings)(
        baseline.rows, window, using: &random),
      frechetDistance: states?.frechet)
  }

  private static let hiddenStates = (name: "hidden_states", title: "Hidden states")

  private func untested(
    _ window: [PlacedResponse], _ columns: [ResponseColumn], _ states: HiddenStateComparison?
  ) -> [UntestedMeasures] {
    func questions(_ isKnown: (PlacedResponse) -> Bool) -> ComparableQuestions {
      ComparableQuestions(baseline.rows, window, settings, isKnown: isKnown)
    }
    var measures = columns.map { column in
      (column.rawValue, column.title, questions { $0.measured.values[column] != nil })
    }
    if states == nil, window.contains(where: { $0.measured.hiddenState != nil }) {
      measures.append(
        (
          Self.hiddenStates.name, Self.hiddenStates.title,
          questions { $0.measured.hiddenState != nil }
        ))
    }
    return [UntestedMeasures](measures)
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
          name: Self.hiddenStates.name, pValue: states.pValue,
          effect: .size(max(0, states.discrepancy), limit: settings.discrepancyLimit)))
    }
    if let canary { measurements.append(canary.measurement(settings)) }
    let family = DriftFamily(measurements, level: settings.level)
    return family.findings.enumerated().map { place, finding in
      guard place < comparisons.count else {
        return finding.measurement.name == Self.hiddenStates.name
          ? MonitorFinding(finding, title: Self.hiddenStates.title, test: .discrepancy)
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
}
