internal import Evaluations
internal import Reports

/// The curves of the pipeline.
enum PipelineFigures {
  /// What reward models get right, by the number of comparisons that they have learned from.
  static func accuracy(_ curve: [LearningPoint]) -> ReportFigure {
    let points = curve.map {
      ChartPoint(x: Double($0.comparisons), y: $0.accuracy.value ?? .nan)
    }
    let band = curve.compactMap { point in
      point.accuracy.interval().map {
        ChartInterval(x: Double(point.comparisons), lower: $0.lower, upper: $0.upper)
      }
    }
    var words = "A coin would get 50\u{A0}%. The band is the interval of 95\u{A0}%."
    if let last = curve.last, let share = last.accuracy.value {
      words =
        "With \(last.comparisons) comparisons it is right on \(last.correct) of \(last.heldOut) held-out pairs, "
        + "\(NumberLabel.percent(share)). " + words
    }
    return ReportFigure(
      "What the reward model gets right", summary: words,
      chart: .lines(
        LineChart(
          [ChartSeries("reward model", points, band: band)],
          x: ChartAxis("comparisons", format: .count, range: 0...32),
          y: ChartAxis("held-out pairs right", format: .percent, range: 0.4...0.8))))
  }

  /// Reward, KL and the judge's score while the policy changes.
  static func practice(_ steps: [PracticeStep]) -> [ReportFigure] {
    let total = Double(steps.last?.total ?? 1)
    let axis = ChartAxis("step", format: .count, range: 0...max(1, total))
    func points(_ value: (PracticeStep) -> Double?) -> [ChartPoint] {
      steps.compactMap { step in value(step).map { ChartPoint(x: Double(step.step), y: $0) } }
    }
    func figure(_ title: String, _ y: ChartAxis, _ words: String, _ points: [ChartPoint])
      -> ReportFigure
    {
      let ends = [points.first, points.last].compactMap { $0?.y }
      let path =
        points.count > 1
        ? "\(ends.map { NumberLabel.fixed($0, decimals: 2) }.joined(separator: " → ")). " : ""
      return ReportFigure(
        title, summary: path + words,
        chart: .lines(LineChart([ChartSeries(title, points)], x: axis, y: y)))
    }
    return [
      figure(
        "Reward", ChartAxis("mean score of the reward model"),
        "What the reward model thinks of the policy's answers.", points(\.reward)),
      figure(
        "Distance", ChartAxis("KL from the start, nats an answer", range: 0...1),
        // An estimate of what is never below 0 may be.
        "How far the policy has gone from what it was.", points { $0.divergence.map { max(0, $0) } }
      ),
      figure(
        "Judge", ChartAxis("mean score of the judge", range: 0.4...0.8),
        "What the world's judge, who knows the truth, thinks on held-out prompts. Where it falls while the "
          + "reward rises, the policy exploits the reward model.", points(\.gold)),
    ]
  }
}
