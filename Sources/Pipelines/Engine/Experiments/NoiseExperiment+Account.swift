internal import Reports

extension NoiseExperiment {
  func account(of rows: [Row]) -> ExperimentAccount {
    let summaries = Objective.allCases.flatMap { objective in
      Set(rows.map(\.noise)).sorted().compactMap { noise in
        Summary(objective, noise, rows.filter { $0.objective == objective && $0.noise == noise })
      }
    }
    return ExperimentAccount(
      question: Self.question,
      findings: findings(summaries),
      figures: [
        ("gold", figure(summaries, "Gold by label noise", "gold score") { $0.gold }),
        (
          "accuracy",
          figure(summaries, "Accuracy on held-out pairs by label noise", "share got right") {
            $0.accuracy
          }
        ),
      ],
      sections: [ReportSection("All means", [.table(table(summaries)), .paragraph(explanation)])])
  }

  private var explanation: String {
    "Policies begin from one fine-tuned model and learn once from \(NumberLabel.grouped(pairs)) pairs, of which a share has its "
      + "labels turned round; cDPO and robust DPO are told the share. The pairs are the same at every share. "
      + "Accuracy is that of rewards on held-out pairs without noise. Bands are two standard errors over seeds, "
      + "or over prompts where there is one seed."
  }

  /// Each objective beside DPO, at the noise where the issue is decided.
  private func findings(_ summaries: [Summary]) -> [String] {
    let noise = summaries.map(\.noise).filter { $0 <= 0.3 }.max() ?? 0
    let there = summaries.filter { $0.noise == noise }
    guard let plain = there.first(where: { $0.objective == .dpo })?.gold else { return [] }
    return there.compactMap { summary in
      guard summary.objective != .dpo, let gold = summary.gold else { return nil }
      let difference = gold.value - plain.value
      let error = (gold.error * gold.error + plain.error * plain.error).squareRoot()
      let verdict =
        abs(difference) <= 2 * error
        ? "no difference beyond chance" : difference > 0 ? "better than DPO" : "worse than DPO"
      return
        "With \(Int((100 * noise).rounded())) % of labels flipped \(summary.objective.rawValue) comes to a gold "
        + "score of \(NumberLabel.fixed(gold.value, decimals: 3)), DPO to "
        + "\(NumberLabel.fixed(plain.value, decimals: 3)): \(verdict) (± \(NumberLabel.fixed(error, decimals: 3)))."
    }
  }

  private func figure(
    _ summaries: [Summary], _ title: String, _ axis: String,
    _ value: (Summary) -> PolicyMeasurement.Mean?
  ) -> ReportFigure {
    let series = Objective.allCases.compactMap { objective -> ChartSeries? in
      let own = summaries.filter { $0.objective == objective }.compactMap { summary in
        value(summary).map { (noise: summary.noise, mean: $0) }
      }
      guard !own.isEmpty else { return nil }
      return ChartSeries(
        objective.rawValue, own.map { ChartPoint(x: $0.noise, y: $0.mean.value) },
        band: own.map {
          ChartInterval(
            x: $0.noise, lower: $0.mean.value - 2 * $0.mean.error,
            upper: $0.mean.value + 2 * $0.mean.error)
        })
    }
    return ReportFigure(
      title, summary: "Means over seeds.",
      chart: .lines(
        LineChart(
          series, x: ChartAxis("labels turned round", format: .percent), y: ChartAxis(axis))))
  }

  private func table(_ summaries: [Summary]) -> ReportTable {
    var table = ReportTable([
      .words("objective"), .numbers("flipped"), .numbers("seeds"), .numbers("gold"),
      .numbers("± standard error"), .numbers("accuracy"), .numbers("KL, nats"),
    ])
    for summary in summaries {
      table.append([
        .init(summary.objective.rawValue),
        .init(NumberLabel.percent(summary.noise, decimals: 0)), .init("\(summary.seeds)"),
        .init(summary.gold.map { NumberLabel.fixed($0.value, decimals: 3) } ?? NumberLabel.none),
        .init(summary.gold.map { NumberLabel.fixed($0.error, decimals: 3) } ?? NumberLabel.none),
        .init(summary.accuracy.map { NumberLabel.percent($0.value) } ?? NumberLabel.none),
        .init(
          summary.divergence.map { NumberLabel.significant($0.value) } ?? NumberLabel.none),
      ])
    }
    return table
  }
}

/// What an objective has come to at a share of noise, over seeds.
private struct Summary {
  let objective: NoiseExperiment.Objective
  let noise: Double
  let seeds: Int
  let gold: PolicyMeasurement.Mean?
  let accuracy: PolicyMeasurement.Mean?
  let divergence: PolicyMeasurement.Mean?

  init?(
    _ objective: NoiseExperiment.Objective, _ noise: Double, _ rows: [NoiseExperiment.Row]
  ) {
    guard !rows.isEmpty else { return nil }
    func mean(_ values: [Double]) -> PolicyMeasurement.Mean? {
      values.isEmpty ? nil : PolicyMeasurement.Mean(values)
    }
    let single = rows.count == 1 ? rows[0] : nil
    (self.objective, self.noise, seeds) = (objective, noise, rows.count)
    // Of a single run, the error is that over prompts.
    gold = single?.gold ?? mean(rows.compactMap { $0.gold?.value })
    accuracy = mean(rows.compactMap(\.accuracy))
    divergence = single?.divergence ?? mean(rows.compactMap { $0.divergence?.value })
  }
}
