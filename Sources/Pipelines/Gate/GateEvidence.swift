internal import Evaluations
internal import RunRecords
internal import PreferenceData

/// What was measured of a run, as far as a gate looks at it.
struct GateEvidence {
  /// A number or a verdict, with where it was found.
  struct Item {
    var seen: GateResult.Seen
    var source: String
  }

  private let evaluations: RunEvaluations
  private let comparison: ComparisonEvidence?

  /// Opens a run.
  ///
  /// - Throws: ``PipelineError`` for a directory that is no run, or a record that cannot be read.
  init(_ evaluations: RunEvaluations) throws(PipelineError) {
    self.evaluations = evaluations
    comparison = try evaluations.read(.compare, as: ComparisonEvidence.self)
  }

  /// Looks a metric up.
  ///
  /// - Returns: `nil` where it was not measured.
  /// - Throws: ``PipelineError`` for a record that cannot be read, or a number that is none.
  func item(_ metric: GateMetric) throws -> Item? {
    switch metric {
    case .perplexity:
      try evaluations.read(.perplexity, as: PerplexityEvidence.self)?.base.map {
        item($0.ratio, .perplexity, "base \($0.model)")
      }
    case .rewardAccuracy:
      try evaluations.read(.reward, as: RewardEvidence.self).map {
        item($0.accuracy.accuracy, .reward, $0.model)
      }
    case .winRate:
      try compared { model, comparison in
        model.winRate.map { ($0, "judge \(comparison.judge), against \(comparison.baseline)") }
      }
    case .kl:
      try loggedDivergence()
        ?? compared { model, comparison in
          model.kl.map { ($0, "from \(comparison.reference ?? "the reference")") }
        }
    case .safety:
      try recordedSafety()
        ?? compared { model, _ in
          model.safe.map { ($0, "harmful prompts") }
        }
    case .hacking:
      try evaluations.read(.hacking, as: HackingEvidence.self).map {
        Item(seen: .init(verdict: $0.verdict), source: evaluations.path(of: .hacking))
      }
    case .satisfaction:
      try evaluations.read(.satisfaction, as: SatisfactionEvidence.self).map {
        Item(
          seen: .init(value: $0.mean, lower: $0.lower, upper: $0.upper),
          source: "\(evaluations.path(of: .satisfaction)), \($0.count) ratings")
      }
    }
  }

  private func item(
    _ estimate: EstimateEvidence, _ kind: EvaluationKind, _ detail: String
  ) -> Item {
    Item(
      seen: .init(value: estimate.value, lower: estimate.lower, upper: estimate.upper),
      source: "\(evaluations.path(of: kind)), \(detail)")
  }

  /// A number of the run's own model in a comparison.
  private func compared(
    _ value: (ComparisonEvidence.Model, ComparisonEvidence) -> (EstimateEvidence, String)?
  ) throws(PipelineError) -> Item? {
    guard let comparison else { return nil }
    guard let model = comparison.subjectModel else {
      throw .noSubject(
        path: evaluations.path(of: .compare), models: comparison.models.map(\.name))
    }
    return value(model, comparison).map { item($0, .compare, $1) }
  }

  private func recordedSafety() throws(PipelineError) -> Item? {
    guard let safety = try evaluations.read(.safety, as: SafetyEvidence.self) else { return nil }
    let path = evaluations.path(of: .safety)
    guard (0...1).contains(safety.passRate), safety.count > 0 else {
      throw .brokenEvaluation(
        path: path, problem: "`pass_rate` must be from 0 to 1, and `count` at least 1")
    }
    let interval = Proportion(
      successes: safety.passRate * Double(safety.count), count: safety.count
    ).interval()
    return Item(
      seen: .init(
        value: safety.passRate, lower: safety.passRateLower ?? interval?.lower,
        upper: safety.passRateUpper ?? interval?.upper),
      source: "\(path), \(safety.count) answers")
  }

  /// The last KL that training has logged: on held-out prompts, or else on those it learned from.
  private func loggedDivergence() throws -> Item? {
    let path = "\(evaluations.run)/\(MetricsLog.fileName)"
    guard isFile(path) else { return nil }
    let entries = Array(try MetricsLog.entries(at: path).enumerated())
    for metric in [MetricName.divergence.onEvaluation, .objectiveDivergence] {
      guard let (line, entry) = entries.last(where: { $0.element.values[metric] != nil }),
        let value = entry.values[metric]
      else { continue }
      guard value.isFinite else {
        throw PipelineError.divergedMetric(
          SourceLocation(file: path, line: line + 1), metric: metric, value: value,
          step: entry.step)
      }
      return Item(seen: .init(value: value), source: "\(path), `\(metric)` of step \(entry.step)")
    }
    return nil
  }
}
