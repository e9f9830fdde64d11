internal import Evaluations
internal import Reports
internal import RunRecords

/// The numbers of a run that matter most, as they were last.
struct RunTiles {
  let run: RecordedRun

  /// How many there are at most, the verdict among them.
  private static let limit = 5

  /// The metrics that a tile may be of, the most telling first.
  private static let metrics: [MetricName] = [
    .gold, .reward, .rewardAccuracy, .accuracy, .rewardMargin, .margin, .loss, .perplexity,
    .objectiveDivergence, .meanLength, .meanTokenAccuracy, .natsPerCharacter, .entropy,
  ]

  var tiles: [ReportTile] {
    let verdict = run.hacking.map { result in
      ReportTile(
        "Reward hacking", result.verdict.rawValue,
        detail: "proxy and gold in \(NumberLabel.grouped(result.evaluations.count)) evaluations",
        tone: result.verdict.tone)
    }
    let numbers = Self.metrics.compactMap(tile)
    return Array(([verdict, evaluated].compactMap { $0 } + numbers).prefix(Self.limit))
  }

  /// What a reward model was found to be worth afterwards, on data that it was evaluated on.
  private var evaluated: ReportTile? {
    run.evaluations.reward.map { result in
      let accuracy = result.accuracy.accuracy
      return ReportTile(
        "Evaluated accuracy", accuracy.percent,
        detail: "\(accuracy.range) on \(NumberLabel.grouped(accuracy.count)) comparisons",
        tone: result.baselines.advantageLower > 0
          ? .good : result.baselines.advantageUpper < 0 ? .alarming : .caution)
    }
  }

  /// The held-out numbers where there are some, else those of training.
  private func tile(of metric: MetricName) -> ReportTile? {
    // The loss of what learns from rewards says nothing of how good it is.
    if metric == .loss, run.isOnPolicy { return nil }
    if metric == .objectiveDivergence, !run.isOnPolicy { return nil }
    // While training a log has KL a token under the name that a completion's has when held out.
    let heldOut = (metric == .objectiveDivergence ? MetricName.divergence : metric).onEvaluation
    let isHeldOut = run.metrics.has(heldOut)
    let shown = isHeldOut ? heldOut : metric
    let column = run.metrics.column(shown)
    guard let first = column.first, let last = column.last else { return nil }
    let label = MetricLabel(metric)
    let step = "step \(NumberLabel.grouped(last.step))"
    let before =
      column.count > 1
      ? "; \(label.words(first.value)) at step \(NumberLabel.grouped(first.step))" : ""
    let series = ChartSeries(label.title, run.metrics.points(shown))
    return ReportTile(
      label.title, label.words(last.value),
      detail: "\(isHeldOut ? "held out" : "in training"), \(step)\(before)",
      tone: last.value.isFinite ? .plain : .alarming,
      trend: series.thinned(to: 60).points.map(\.y))
  }
}
