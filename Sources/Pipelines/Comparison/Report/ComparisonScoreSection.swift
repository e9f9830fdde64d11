internal import Reports

/// The mean scores of all judges.
struct ComparisonScoreSection {
  let result: ModelComparisonResult

  /// The section, where any judge gives scores.
  var section: ReportSection? {
    var figures: [ReportFigure] = []
    var tables: [ReportTable] = []
    func add(
      _ judge: String, _ detail: String,
      _ rows: [(model: String, score: MeanEstimate?, difference: MeanEstimate?)]
    ) {
      guard rows.contains(where: { $0.score != nil }) else { return }
      figures.append(
        figure(
          "Score by \(judge)\(detail)",
          rows.compactMap { row in
            row.score?.row(row.model, row.model == result.baseline ? .faint : .usual)
          }))
      tables.append(table(judge, rows))
    }
    add(
      result.judge, ", which decides", result.models.map { ($0.name, $0.score, $0.difference) })
    for (place, further) in result.models[0].furtherScores.enumerated() {
      add(
        further.judge, "",
        result.models.map {
          ($0.name, $0.furtherScores[place].score, $0.furtherScores[place].difference)
        })
    }
    if figures.isEmpty { return nil }
    var blocks: [ReportBlock] =
      [
        .paragraph(
          "Every model has answered the same prompts. Intervals are of 95 %: prompts are drawn with "
            + "replacement, with all their answers."),
        figures.count > 1 ? .figures(figures) : .figure(figures[0]),
      ] + tables.map(ReportBlock.table)
    if let gold { blocks.append(.table(gold)) }
    return ReportSection("Scores", blocks)
  }

  private func figure(_ title: String, _ rows: [IntervalChart.Row]) -> ReportFigure {
    ReportFigure(
      title, summary: "Mean score of a completion, with its interval of 95 %. Grey: the baseline.",
      chart: .intervals(IntervalChart(rows, axis: ChartAxis("mean score"))))
  }

  /// The numbers behind a figure.
  private func table(
    _ judge: String, _ rows: [(model: String, score: MeanEstimate?, difference: MeanEstimate?)]
  ) -> ReportTable {
    var table = ReportTable([
      .words("model"), .numbers("score by \(judge)"), .numbers("less \(result.baseline)"),
    ])
    for row in rows {
      table.append([.init(row.model), .init(text(row.score)), difference(row.difference)])
    }
    return table
  }

  private var gold: ReportTable? {
    guard result.models.allSatisfy({ $0.gold != nil }) else { return nil }
    var table = ReportTable([
      .words("gold"), .numbers("total"), .numbers("helpful"), .numbers("harmless"),
      .numbers("honest"), .numbers("concise"), .numbers("safe on harmful prompts"),
    ])
    for model in result.models {
      guard let gold = model.gold else { continue }
      let parts = [
        gold.total, gold.helpfulness, gold.harmlessness, gold.honesty, gold.concision,
      ]
      table.append(
        [.init(model.name)] + parts.map { .init(decimals($0)) }
          + [.init(model.safe?.words ?? NumberLabel.none)])
    }
    return table
  }

  private func text(_ estimate: MeanEstimate?) -> String { estimate?.words() ?? NumberLabel.none }

  private func difference(_ estimate: MeanEstimate?) -> ReportTable.Cell {
    guard let estimate else { return .init(NumberLabel.none) }
    return .init(
      estimate.words(),
      tone: estimate.lower > 0 ? .good : estimate.upper < 0 ? .alarming : .plain)
  }
}
