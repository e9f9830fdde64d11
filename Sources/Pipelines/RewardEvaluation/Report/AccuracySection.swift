internal import Reports

/// How often the model is right, beside what knows less.
struct AccuracySection {
  let result: RewardEvaluationResult

  var section: ReportSection {
    var blocks: [ReportBlock] = [
      .paragraph(
        "How often the better completion scores higher. Equal scores count as wrong; \(tieWords) "
          + intervalWords),
      .figure(
        ReportFigure(
          "The model beside what cannot read",
          summary: "Accuracy with intervals of 95 %. The length baselines see nothing of a "
            + "completion but its number of tokens; dashed: guessing.",
          chart: .intervals(
            IntervalChart(rows, axis: ChartAxis("accuracy", format: .percent), reference: 0.5)))),
    ]
    if let gold = result.gold { blocks.append(.facts(facts(gold))) }
    if let annotators = result.annotators {
      blocks.append(
        .facts([
          .init("People’s agreement with each other", annotators.eachOther.words),
          .init("The model’s agreement with single people", annotators.model.words),
        ]))
      blocks.append(
        .paragraph(
          "People differ, so no model agrees with single people much more often than they do with "
            + "each other: that is the ceiling of what can be learned from them."))
    }
    if let rankings = result.rankings {
      blocks.append(
        .facts([
          .init("Rankings", NumberLabel.grouped(rankings.count)),
          .init(
            "Kendall’s τ, mean",
            "\(decimals(rankings.tauA, 2)) (\(decimals(rankings.lower, 2)) to "
              + "\(decimals(rankings.upper, 2)))"),
          .init("τ-b, mean", decimals(rankings.tauB, 2)),
        ]))
    }
    return ReportSection("Accuracy", blocks)
  }

  private var tieWords: String {
    switch result.accuracy.ties {
    case 0: "there are none."
    case let ties:
      "\(NumberLabel.grouped(ties)) comparisons have them, and with half credit the accuracy is "
        + "\(NumberLabel.percent(result.accuracy.withTieCredit))."
    }
  }

  private var intervalWords: String {
    switch result.accuracy.interval {
    case .wilson: "The interval is Wilson’s: every comparison has a prompt of its own."
    case .bootstrapOverPrompts:
      "Some prompts have several comparisons, so that the interval comes from drawing prompts with "
        + "replacement; those of baselines and of parts are Wilson’s, and a little too narrow."
    }
  }

  private var rows: [IntervalChart.Row] {
    let baselines = result.baselines
    var rows = [
      result.accuracy.accuracy.row("reward model"),
      baselines.pickLonger.row("pick the longer", .faint),
      baselines.pickShorter.row("pick the shorter", .faint),
      baselines.random.row("guess", .faint),
    ]
    if let hhh = result.hhh {
      rows += [
        hhh.accuracy.accuracy.row("reward model on HHH"),
        hhh.baselines.pickLonger.row("pick the longer on HHH", .faint),
        hhh.baselines.pickShorter.row("pick the shorter on HHH", .faint),
      ]
    }
    return rows
  }

  private func facts(_ gold: GoldResult) -> [ReportFact] {
    [
      .init("Agreement with gold order", gold.agreement.words),
      .init(
        "… where gold differs by 0.2 or more", gold.clearAgreement?.words ?? NumberLabel.none),
      .init("Judges’ agreement with gold order", gold.judges.words),
      .init("Correlation of score and gold", decimals(gold.correlation, 2)),
    ]
  }
}
