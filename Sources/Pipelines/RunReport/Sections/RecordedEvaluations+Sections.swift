internal import Reports

extension RecordedEvaluations {
  /// What was measured afterwards, a section each.
  var sections: [ReportSection] {
    [
      reward.map { AccuracySection(result: $0).section },
      reward?.calibration.map { CalibrationSection(calibration: $0).section },
      perplexity?.section, comparison?.section,
    ].compactMap { $0 }
  }
}

extension PerplexityResult {
  fileprivate var section: ReportSection {
    var table = ReportTable([
      .words("texts"), .numbers("documents"), .numbers("tokens"), .numbers("perplexity"),
      .numbers("95 %"), .numbers("nats a token"), .numbers("nats a character"),
    ])
    for measure in kinds + [overall] {
      let interval = measure.perplexityInterval
      table.append([
        .init(measure.name), .init(NumberLabel.grouped(measure.documents)),
        .init(NumberLabel.grouped(measure.tokens)),
        .init(NumberLabel.significant(measure.perplexity)),
        .init(
          "\(NumberLabel.significant(interval.lower)) to \(NumberLabel.significant(interval.upper))"
        ),
        .init(NumberLabel.significant(measure.natsPerToken)),
        .init(measure.natsPerCharacter.map { NumberLabel.significant($0) } ?? NumberLabel.none),
      ])
    }
    return ReportSection(
      "Perplexity", [.paragraph("On \(data.joined(separator: ", "))."), .table(table)])
  }
}

extension RecordedComparison {
  fileprivate var section: ReportSection {
    let (hasScores, hasRates) = (
      models.contains { $0.score != nil }, models.contains { $0.winRate != nil }
    )
    var blocks: [ReportBlock] = []
    if let baseline { blocks.append(.paragraph("Win rates are beside \(baseline).")) }
    var figures: [ReportFigure] = []
    if hasScores {
      figures.append(
        figure("Scores", ChartAxis("mean score"), reference: nil, of: \.score))
    }
    if hasRates {
      figures.append(
        figure(
          "Win rates", ChartAxis("win rate", format: .percent, range: 0...1), reference: 0.5,
          of: \.winRate))
    }
    if !figures.isEmpty { blocks.append(.figures(figures)) }
    var table = ReportTable(
      [.words("model")] + (hasScores ? [.numbers("score"), .numbers("interval")] : [])
        + (hasRates ? [.numbers("win rate"), .numbers("interval")] : []))
    for model in models {
      table.append(
        [.init(model.name)]
          + (hasScores ? cells(model.score, format: .number) : [])
          + (hasRates ? cells(model.winRate, format: .percent) : []))
    }
    return ReportSection("Beside other models", blocks + [.table(table)])
  }

  private func figure(
    _ title: String, _ axis: ChartAxis, reference: Double?, of estimate: KeyPath<Model, Estimate?>
  ) -> ReportFigure {
    let rows = models.compactMap { model in
      model[keyPath: estimate].map {
        IntervalChart.Row(
          model.name, value: $0.value, lower: $0.lower ?? $0.value, upper: $0.upper ?? $0.value)
      }
    }
    return ReportFigure(
      title,
      summary: reference == nil ? "With intervals." : "With intervals; dashed: no difference.",
      chart: .intervals(IntervalChart(rows, axis: axis, reference: reference)))
  }

  private func cells(_ estimate: Estimate?, format: ChartAxis.Format) -> [ReportTable.Cell] {
    func words(_ value: Double) -> String {
      format == .percent ? NumberLabel.percent(value) : NumberLabel.significant(value)
    }
    guard let estimate else { return [.init(NumberLabel.none), .init(NumberLabel.none)] }
    guard let lower = estimate.lower, let upper = estimate.upper else {
      return [.init(words(estimate.value)), .init(NumberLabel.none)]
    }
    return [.init(words(estimate.value)), .init("\(words(lower)) to \(words(upper))")]
  }
}
