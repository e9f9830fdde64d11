internal import Evaluations
internal import Reports

extension CompareExperiment {
  func account(of rows: [Row]) -> ExperimentAccount {
    ExperimentAccount(
      question: Self.question,
      findings: Method.allCases.compactMap { method in
        sentence(method, rows.filter { $0.method == method })
      },
      figures: [("gold", figure(rows))],
      sections: [
        ReportSection("All runs", [.table(table(rows)), .paragraph(explanation)])
      ])
  }

  private var explanation: String {
    "Each seed has its own \(NumberLabel.grouped(pairs)) pairs, and both methods the same; RLHF's time has that of its reward "
      + "model in it. Intervals are two standard errors over held-out prompts. Memory is that of the whole "
      + "process at most while a method trained."
  }

  private func sentence(_ method: Method, _ rows: [Row]) -> String? {
    guard !rows.isEmpty else { return nil }
    let gold = MeanVariance(rows.map(\.gold.value))
    func mean(_ values: [Double]) -> Double { MeanVariance(values).mean ?? .nan }
    let memory = rows.compactMap(\.megabytes)
    return
      "\(method.rawValue): gold \(NumberLabel.fixed(gold.mean ?? .nan, decimals: 3)), standard deviation over "
      + "\(rows.count) seeds \(NumberLabel.fixed(gold.deviation(.sample) ?? 0, decimals: 3)), at "
      + "\(NumberLabel.significant(mean(rows.map(\.divergence.value)))) nats, in "
      + "\(NumberLabel.fixed(mean(rows.map(\.seconds)), decimals: 0)) s"
      + (memory.isEmpty ? "." : " with \(NumberLabel.fixed(mean(memory), decimals: 0)) MB.")
  }

  private func figure(_ rows: [Row]) -> ReportFigure {
    ReportFigure(
      "Gold of every run", summary: "One line a run, with two standard errors over prompts.",
      chart: .intervals(
        IntervalChart(
          rows.map {
            .init(
              "\($0.method.rawValue), seed \($0.seed)", value: $0.gold.value,
              lower: $0.gold.value - 2 * $0.gold.error, upper: $0.gold.value + 2 * $0.gold.error)
          }, axis: ChartAxis("gold score"))))
  }

  private func table(_ rows: [Row]) -> ReportTable {
    var table = ReportTable([
      .words("method"), .numbers("seed"), .numbers("gold"), .numbers("KL, nats"),
      .numbers("tokens"), .numbers("seconds"), .numbers("MB"),
    ])
    for row in rows {
      table.append([
        .init(row.method.rawValue), .init("\(row.seed)"),
        .init(NumberLabel.fixed(row.gold.value, decimals: 3)),
        .init(NumberLabel.significant(row.divergence.value)),
        .init(NumberLabel.fixed(row.length, decimals: 1)),
        .init(NumberLabel.fixed(row.seconds, decimals: 1)),
        .init(row.megabytes.map { NumberLabel.fixed($0, decimals: 0) } ?? NumberLabel.none),
      ])
    }
    return table
  }
}
