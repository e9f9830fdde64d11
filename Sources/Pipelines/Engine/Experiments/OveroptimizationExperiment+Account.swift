internal import Evaluations
internal import Reports

extension OveroptimizationExperiment {
  func account(of rows: [Row]) -> ExperimentAccount {
    let fits = Method.allCases.flatMap { method in
      proxies.compactMap { proxy in
        Fit(method, proxy, rows.filter { $0.method == method && $0.proxy == proxy })
      }
    }
    return ExperimentAccount(
      findings: fits.map(\.sentence),
      figures: Method.allCases.flatMap { method in
        Set(proxies.map(\.noise)).sorted().flatMap { noise in
          [
            gold(rows, fits, method, noise), score(rows, method, noise),
          ]
        }
      },
      sections: [
        ReportSection("The fitted curves", [.table(table(fits)), .paragraph(explanation)])
      ])
  }

  private var explanation: String {
    "Distances are d = √KL in nats a completion. Gold less that at d = 0 is fitted by d(α − βd) for best of n, of "
      + "which KL is the bound ln n − (n − 1)/n, and by d(α − β ln d) for PPO, over d ≥ 0.5, each point "
      + "weighted by one over its squared standard error over prompts. Proxies are in deviations of what their reward "
      + "model was trained on. PPO has no KL control here."
  }

  private func gold(
    _ rows: [Row], _ fits: [Fit], _ method: Method, _ noise: Double
  ) -> (name: String, figure: ReportFigure) {
    let proxies = proxies.filter { $0.noise == noise }
    let chart = ScatterChart(
      series(rows, method, proxies) { $0.gold.value }, x: Self.distance, y: ChartAxis("gold score"),
      curves: proxies.compactMap { proxy in
        fits.first { $0.method == method && $0.proxy == proxy }?.curve
      })
    return (
      "gold-\(method == .ppo ? "ppo" : "best-of-n")-noise-\(Int(100 * noise))",
      ReportFigure(
        "Gold by \(method.rawValue), \(Int(100 * noise)) % of labels flipped",
        summary: "Points are measurements, lines the fitted law.", chart: .scatter(chart))
    )
  }

  private func score(
    _ rows: [Row], _ method: Method, _ noise: Double
  ) -> (name: String, figure: ReportFigure) {
    let proxies = proxies.filter { $0.noise == noise }
    return (
      "proxy-\(method == .ppo ? "ppo" : "best-of-n")-noise-\(Int(100 * noise))",
      ReportFigure(
        "Proxy by \(method.rawValue), \(Int(100 * noise)) % of labels flipped",
        summary: "What was optimized.",
        chart: .scatter(
          ScatterChart(
            series(rows, method, proxies) { $0.score.value }, x: Self.distance,
            y: ChartAxis("proxy, standard deviations"))))
    )
  }

  private static let distance = ChartAxis("√KL, KL in nats a completion")

  private func series(
    _ rows: [Row], _ method: Method, _ proxies: [Proxy], _ value: (Row) -> Double
  ) -> [ChartSeries] {
    proxies.map { proxy in
      ChartSeries(
        "\(NumberLabel.grouped(proxy.pairs)) pairs",
        rows.filter { $0.method == method && $0.proxy == proxy }.map {
          ChartPoint(x: $0.distance, y: value($0))
        })
    }
  }

  private func table(_ fits: [Fit]) -> ReportTable {
    var table = ReportTable([
      .words("method"), .numbers("pairs"), .numbers("flipped"), .numbers("α"), .numbers("β"),
      .numbers("R²"), .numbers("peak at √KL"), .numbers("greatest gold"), .numbers("last gold"),
      .numbers("proxy, first"), .numbers("proxy, last"),
    ])
    for fit in fits {
      table.append([
        .init(fit.method.rawValue), .init(NumberLabel.grouped(fit.proxy.pairs)),
        .init(NumberLabel.percent(fit.proxy.noise, decimals: 0)),
        .init(fit.law.map { NumberLabel.significant($0.alpha) } ?? NumberLabel.none),
        .init(fit.law.map { NumberLabel.significant($0.beta) } ?? NumberLabel.none),
        .init(fit.law?.rSquared.map { NumberLabel.fixed($0, decimals: 3) } ?? NumberLabel.none),
        .init(fit.law?.peak.map { NumberLabel.significant($0.distance) } ?? NumberLabel.none),
        .init(NumberLabel.fixed(fit.best.gold.value, decimals: 3)),
        .init(NumberLabel.fixed(fit.last.gold.value, decimals: 3)),
        .init(NumberLabel.fixed(fit.first.score.value, decimals: 2)),
        .init(NumberLabel.fixed(fit.last.score.value, decimals: 2)),
      ])
    }
    return table
  }
}

extension OveroptimizationExperiment.Row {
  /// d = √KL; an estimate that chance has made negative counts as 0.
  var distance: Double { max(0, divergence.value).squareRoot() }
}

/// The law of Gao et al. beside what was measured of one reward model.
private struct Fit {
  let method: OveroptimizationExperiment.Method
  let proxy: OveroptimizationExperiment.Proxy
  let first: OveroptimizationExperiment.Row
  let best: OveroptimizationExperiment.Row
  let last: OveroptimizationExperiment.Row
  /// `nil` where too few measurements are far enough from the reference.
  let law: GoldCurve?

  init?(
    _ method: OveroptimizationExperiment.Method, _ proxy: OveroptimizationExperiment.Proxy,
    _ rows: [OveroptimizationExperiment.Row]
  ) {
    guard let first = rows.first, let last = rows.last,
      let best = rows.max(by: { $0.gold.value < $1.gold.value })
    else { return nil }
    (self.method, self.proxy) = (method, proxy)
    (self.first, self.best, self.last) = (first, best, last)
    // The law of learning is not meant for distances near 0, where ln d is far below.
    let far = rows.filter { $0.distance >= 0.5 }
    law = GoldCurve(
      method == .ppo ? .reinforcement : .bestOfN, divergences: far.map(\.divergence.value),
      gold: far.map(\.gold.value), initialGold: first.gold.value,
      weights: far.map { 1 / max($0.gold.error * $0.gold.error, 1e-12) })
  }

  /// The law as a line of a chart.
  var curve: ChartSeries? {
    law.map { law in
      let end = last.distance
      return ChartSeries(
        "\(NumberLabel.grouped(proxy.pairs)) pairs",
        (0...60).map {
          ChartPoint(x: end * Double($0) / 60, y: law.gold(at: end * Double($0) / 60))
        })
    }
  }

  var sentence: String {
    let setting =
      "\(method.rawValue), \(NumberLabel.grouped(proxy.pairs)) pairs, \(Int(100 * proxy.noise)) % flipped"
    let fall = best.gold.value - last.gold.value
    return "\(setting): gold goes from \(NumberLabel.fixed(first.gold.value, decimals: 3)) to "
      + "\(NumberLabel.fixed(best.gold.value, decimals: 3)) at √KL = \(NumberLabel.significant(best.distance)), "
      + "and ends \(NumberLabel.fixed(fall, decimals: 3)) below that at \(NumberLabel.significant(last.distance)); "
      + "the proxy goes from \(NumberLabel.fixed(first.score.value, decimals: 2)) to "
      + "\(NumberLabel.fixed(last.score.value, decimals: 2)). R² of the law: "
      + "\(law?.rSquared.map { NumberLabel.fixed($0, decimals: 3) } ?? NumberLabel.none)."
  }
}
