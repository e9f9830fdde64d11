internal import Reports

extension EnsemblesExperiment {
  func account(of rows: [Row]) -> ExperimentAccount {
    let noises = Set(rows.map(\.noise)).sorted()
    let summaries = Method.allCases.flatMap { method in
      noises.flatMap { noise in
        Judge.allCases.compactMap { judge in
          Summary(
            method, judge, noise,
            rows.filter { $0.method == method && $0.judge == judge && $0.noise == noise })
        }
      }
    }
    return ExperimentAccount(
      question: Self.question,
      findings: Method.allCases.flatMap { method in
        noises.compactMap { noise in
          sentence(summaries.filter { $0.method == method && $0.noise == noise })
        }
      },
      figures: Method.allCases.flatMap { method in
        noises.map { noise in
          (
            "\(method == .ppo ? "ppo" : "best-of-n")-noise-\(Int(100 * noise))",
            figure(summaries.filter { $0.method == method && $0.noise == noise }, method, noise)
          )
        }
      },
      sections: [ReportSection("At the end", [.table(table(summaries)), .paragraph(explanation)])])
  }

  /// How far gold falls by each judge, at one noise.
  private func sentence(_ summaries: [Summary]) -> String? {
    guard let first = summaries.first else { return nil }
    let falls = summaries.map { summary in
      "by \(NumberLabel.fixed(summary.fall, decimals: 3)) (to \(NumberLabel.fixed(summary.last, decimals: 3))) by "
        + summary.judge.rawValue
    }
    return
      "\(first.method.rawValue), \(Int(100 * first.noise)) % flipped: gold falls from its best "
      + "\(falls.joined(separator: ", "))."
  }

  private var explanation: String {
    "\(members) reward models of \(NumberLabel.grouped(pairs)) pairs each, none of them shared. Scores are in deviations of "
      + "what each was trained on before they become one. The fall is the greatest mean gold score of a run "
      + "less its last, averaged over runs; of one model, over members, and of ensembles over seeds. λ is 0.5 for best of n "
      + "and 0.1 for PPO, as in the paper."
  }

  private func figure(_ summaries: [Summary], _ method: Method, _ noise: Double) -> ReportFigure {
    ReportFigure(
      "Gold by \(method.rawValue), \(Int(100 * noise)) % of labels flipped",
      summary: method == .ppo
        ? "Means of runs by step of training; the reward models differ in who says what is good."
        : "Expected gold of the best of n by the bound of KL.",
      chart: .lines(
        LineChart(
          summaries.map { ChartSeries($0.judge.rawValue, $0.points) },
          x: ChartAxis(method == .ppo ? "steps" : "√KL, KL in nats a completion"),
          y: ChartAxis("gold score"))))
  }

  private func table(_ summaries: [Summary]) -> ReportTable {
    var table = ReportTable([
      .words("method"), .words("judge"), .numbers("flipped"), .numbers("runs"),
      .numbers("greatest gold"), .numbers("last gold"), .numbers("fall"), .numbers("last KL, nats"),
    ])
    for summary in summaries {
      table.append([
        .init(summary.method.rawValue), .init(summary.judge.rawValue),
        .init(NumberLabel.percent(summary.noise, decimals: 0)), .init("\(summary.runs)"),
        .init(NumberLabel.fixed(summary.best, decimals: 3)),
        .init(NumberLabel.fixed(summary.last, decimals: 3)),
        .init(NumberLabel.fixed(summary.fall, decimals: 3)),
        .init(NumberLabel.significant(summary.lastDivergence)),
      ])
    }
    return table
  }
}

/// What one kind of judge has come to, over its runs.
private struct Summary {
  let method: EnsemblesExperiment.Method
  let judge: EnsemblesExperiment.Judge
  let noise: Double
  let runs: Int
  /// Mean gold by step of training, or by the distance of best of n.
  let points: [ChartPoint]
  /// The greatest gold of a run, its last, and what lies between, averaged over runs.
  let best: Double
  let last: Double
  let lastDivergence: Double

  var fall: Double { best - last }

  init?(
    _ method: EnsemblesExperiment.Method, _ judge: EnsemblesExperiment.Judge, _ noise: Double,
    _ rows: [EnsemblesExperiment.Row]
  ) {
    let byRun = Dictionary(grouping: rows, by: \.number)
    guard !rows.isEmpty else { return nil }
    func mean(_ values: some Collection<Double>) -> Double {
      values.reduce(0, +) / Double(values.count)
    }
    (self.method, self.judge, self.noise, runs) = (method, judge, noise, byRun.count)
    points = Dictionary(grouping: rows, by: \.count).sorted { $0.key < $1.key }.map { count, rows in
      ChartPoint(
        x: method == .ppo
          ? Double(count) : max(0, mean(rows.map(\.divergence.value))).squareRoot(),
        y: mean(rows.map(\.gold.value)))
    }
    best = mean(byRun.values.compactMap { $0.map(\.gold.value).max() })
    last = mean(byRun.values.compactMap { $0.last?.gold.value })
    lastDivergence = mean(byRun.values.compactMap { $0.last?.divergence.value })
  }
}
