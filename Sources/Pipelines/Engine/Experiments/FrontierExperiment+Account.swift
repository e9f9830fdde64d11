internal import Reports

extension FrontierExperiment {
  func account(of rows: [Row]) -> ExperimentAccount {
    let front = ParetoFront.indices(
      costs: rows.map(\.divergence.value), gains: rows.map(\.gold.value)
    ).map { rows[$0] }
    let best = Method.allCases.compactMap { method in
      rows.filter { $0.method == method }.max { $0.gold.value < $1.gold.value }
    }
    return ExperimentAccount(
      question: Self.question,
      findings: best.map(sentence) + [frontSentence(front)],
      figures: [("frontier", figure(rows, front))],
      sections: [
        ReportSection("On the front", [.table(table(front))]),
        ReportSection(
          "How it was measured",
          [
            .paragraph(
              "All methods begin from one fine-tuned model and learn from the same \(pairs) pairs, of which 5 % "
                + "are turned round: DPO directly, the others through a reward model. Each checkpoint answers "
                + "every held-out prompt once at temperature 1; KL is the mean of Σ log π − log π_ref over "
                + "these answers. Of best of n, gold is the expectation over all choices of n from "
                + "\(candidates) answers, and KL the bound ln n − (n − 1)/n.")
          ]),
      ])
  }

  private func sentence(_ row: Row) -> String {
    let setting = row.beta.map { "beta \($0), step \(row.count)" } ?? "n = \(row.count)"
    return
      "\(row.method.rawValue) comes to a gold score of \(NumberLabel.fixed(row.gold.value, decimals: 3)) "
      + "(± \(NumberLabel.fixed(row.gold.error, decimals: 3))) at "
      + "\(NumberLabel.significant(row.divergence.value)) nats, with \(setting)."
  }

  private func frontSentence(_ front: [Row]) -> String {
    let counts = Method.allCases.map { method in
      "\(method.rawValue) \(front.count { $0.method == method })"
    }
    return
      "Of the \(front.count) points that no other beats on both axes: \(counts.joined(separator: ", "))."
  }

  private func figure(_ rows: [Row], _ front: [Row]) -> ReportFigure {
    func points(_ rows: [Row]) -> [ChartPoint] {
      rows.map { ChartPoint(x: max(0, $0.divergence.value).squareRoot(), y: $0.gold.value) }
    }
    return ReportFigure(
      "Gold against the distance from the reference",
      summary:
        "Each point is a checkpoint, or an n; the line joins those that no other beats on both axes.",
      chart: .scatter(
        ScatterChart(
          Method.allCases.map { method in
            ChartSeries(method.rawValue, points(rows.filter { $0.method == method }))
          }, x: ChartAxis("√KL, KL in nats a completion"), y: ChartAxis("gold score"),
          curves: [ChartSeries("Pareto front", points(front))])))
  }

  private func table(_ front: [Row]) -> ReportTable {
    var table = ReportTable([
      .words("method"), .numbers("beta"), .numbers("step or n"), .numbers("KL, nats"),
      .numbers("gold"), .numbers("± standard error"),
    ])
    for row in front {
      table.append([
        .init(row.method.rawValue), .init(row.beta.map { "\($0)" } ?? NumberLabel.none),
        .init(NumberLabel.grouped(row.count)), .init(NumberLabel.significant(row.divergence.value)),
        .init(NumberLabel.fixed(row.gold.value, decimals: 3)),
        .init(NumberLabel.fixed(row.gold.error, decimals: 3)),
      ])
    }
    return table
  }
}
