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
      sections: [
        ReportSection("At the same distance", [.table(table(summaries)), .paragraph(explanation)])
      ])
  }

  /// What gold has come to by each judge, at one noise.
  private func sentence(_ summaries: [Summary]) -> String? {
    guard let first = summaries.first else { return nil }
    let parts = summaries.map { summary in
      "\(NumberLabel.fixed(summary.gold.value, decimals: 3)) by \(summary.judge.rawValue) "
        + "(\(NumberLabel.fixed(summary.fall.value, decimals: 3)) below its best)"
    }
    return
      "\(first.method.rawValue), \(Int(100 * first.noise)) % flipped: gold at \(Self.limitWords) is "
      + "\(parts.joined(separator: ", "))."
  }

  private static var limitWords: String {
    "\(NumberLabel.fixed(Summary.limit, decimals: 0)) nats"
  }

  private var explanation: String {
    "\(members) reward models of \(NumberLabel.grouped(pairs)) pairs each, none of them shared. Scores are in deviations of "
      + "what each was trained on before they become one. Judges are compared at one distance, KL = \(Self.limitWords), or at "
      + "the end of a run that does not come so far: steps of PPO move by as much as scores vary. A fall is a run’s "
      + "greatest gold less that at the distance. Means are over members for one model and over seeds for ensembles; errors are those of the "
      + "mean over runs. λ is 0.5 for best of n and 0.1 for PPO, as in the paper."
  }

  private func figure(_ summaries: [Summary], _ method: Method, _ noise: Double) -> ReportFigure {
    let series = summaries.map { ChartSeries($0.judge.rawValue, $0.points) }
    let (x, y) = (ChartAxis("√KL, KL in nats a completion"), ChartAxis("gold score"))
    return ReportFigure(
      "Gold by \(method.rawValue), \(Int(100 * noise)) % of labels flipped",
      summary: method == .ppo
        ? "A point is a checkpoint of a run, up to twice \(Self.limitWords)."
        : "Expected gold of the best of n by the bound of KL.",
      chart: method == .ppo
        ? .scatter(ScatterChart(series, x: x, y: y)) : .lines(LineChart(series, x: x, y: y)))
  }

  private func table(_ summaries: [Summary]) -> ReportTable {
    var table = ReportTable([
      .words("method"), .words("judge"), .numbers("flipped"), .numbers("runs"),
      .numbers("greatest gold"), .numbers("gold at \(Self.limitWords)"), .numbers("± error"),
      .numbers("fall"), .numbers("± error"),
    ])
    for summary in summaries {
      table.append([
        .init(summary.method.rawValue), .init(summary.judge.rawValue),
        .init(NumberLabel.percent(summary.noise, decimals: 0)), .init("\(summary.runs)"),
        .init(NumberLabel.fixed(summary.gold.value + summary.fall.value, decimals: 3)),
        .init(NumberLabel.fixed(summary.gold.value, decimals: 3)),
        .init(
          summary.runs > 1 ? NumberLabel.fixed(summary.gold.error, decimals: 3) : NumberLabel.none),
        .init(NumberLabel.fixed(summary.fall.value, decimals: 3)),
        .init(
          summary.runs > 1 ? NumberLabel.fixed(summary.fall.error, decimals: 3) : NumberLabel.none),
      ])
    }
    return table
  }
}

/// What one kind of judge has come to, over its runs.
private struct Summary {
  /// KL in nats at which judges are compared.
  static let limit = 5.0

  let method: EnsemblesExperiment.Method
  let judge: EnsemblesExperiment.Judge
  let noise: Double
  let runs: Int
  /// Gold over √KL, of all runs, up to twice the limit.
  let points: [ChartPoint]
  /// Gold at the limit, and how far below a run's greatest that is.
  let gold: PolicyMeasurement.Mean
  let fall: PolicyMeasurement.Mean

  init?(
    _ method: EnsemblesExperiment.Method, _ judge: EnsemblesExperiment.Judge, _ noise: Double,
    _ rows: [EnsemblesExperiment.Row]
  ) {
    let paths = Dictionary(grouping: rows, by: \.number).sorted { $0.key < $1.key }.map(\.value)
    guard !rows.isEmpty else { return nil }
    (self.method, self.judge, self.noise, runs) = (method, judge, noise, paths.count)
    points = rows.filter { $0.divergence.value <= 2 * Self.limit }.map {
      ChartPoint(x: $0.distance, y: $0.gold.value)
    }
    let golds = paths.map(Self.goldAtLimit)
    gold = PolicyMeasurement.Mean(golds)
    fall = PolicyMeasurement.Mean(
      zip(paths, golds).map { path, gold in (path.map(\.gold.value).max() ?? gold) - gold })
  }

  /// Gold where a run first comes to the limit, on a line over √KL between the checkpoints beside it; its last
  /// where it never does.
  private static func goldAtLimit(_ path: [EnsemblesExperiment.Row]) -> Double {
    let limit = limit.squareRoot()
    for (before, after) in zip(path, path.dropFirst()) where after.distance >= limit {
      let share = (limit - before.distance) / (after.distance - before.distance)
      return before.gold.value + share * (after.gold.value - before.gold.value)
    }
    return path.last?.gold.value ?? .nan
  }
}

extension EnsemblesExperiment.Row {
  /// √KL; an estimate that chance has made negative counts as 0.
  fileprivate var distance: Double { max(0, divergence.value).squareRoot() }
}
