internal import Reports
internal import RunRecords

extension QuickstartPage {
  /// How the models were trained: curves of each stage, the reward model's quality, and whether the policy
  /// exploited it.
  var learning: [ReportSection] {
    [
      section(
        "Base and fine-tuned model", "Nats a token, while training.",
        [(.base, MetricChart(.loss)), (.sft, MetricChart(.loss))]), rewardModel,
      section(
        "DPO",
        "The implicit reward β log π / π_ref of the preferred answer should come to lie above that of the "
          + "other, without ever having seen a reward model.",
        [(.dpo, MetricChart(.loss)), (.dpo, MetricChart(.rewardMargin))]), policy,
    ].compactMap { $0 }
  }

  private var rewardModel: ReportSection? {
    guard let quality = runs[.reward]?.evaluations.reward else { return nil }
    return ReportSection(
      "The reward model",
      [.figures(figures([(.reward, MetricChart(.loss)), (.reward, MetricChart(.accuracy))]))]
        + AccuracySection(result: quality).section.blocks
        + (quality.calibration.map { CalibrationSection(calibration: $0).section.blocks } ?? []))
  }

  private var policy: ReportSection? {
    guard
      var section = section(
        "PPO",
        "What the reward model gives the policy’s completions, what they are really worth, and how far the "
          + "policy has gone from the fine-tuned model for it.",
        [
          (.ppo, MetricChart(.reward)), (.ppo, MetricChart(.gold)),
          (
            .ppo,
            MetricChart(
              .objectiveDivergence,
              lines: [
                .init(metric: .objectiveDivergence, name: "training"),
                .init(metric: .divergence.onEvaluation, name: "held out"),
              ])
          ), (.ppo, MetricChart(.meanLength)),
        ])
    else { return nil }
    section.blocks += (runs[.ppo]?.hacking?.reasons ?? []).map {
      .note($0.sentence, tone: $0.verdict.tone)
    }
    return section
  }

  private func section(
    _ title: String, _ words: String, _ charts: [(QuickstartStage, MetricChart)]
  ) -> ReportSection? {
    let figures = figures(charts)
    return figures.isEmpty
      ? nil : ReportSection(title, [.paragraph(words), .figures(figures)])
  }

  private func figures(_ charts: [(stage: QuickstartStage, chart: MetricChart)]) -> [ReportFigure] {
    charts.compactMap { stage, chart in
      guard var figure = runs[stage].flatMap({ chart.figure(of: $0.metrics) }) else { return nil }
      figure.title += " of \(stage.rawValue)"
      return figure
    }
  }
}
