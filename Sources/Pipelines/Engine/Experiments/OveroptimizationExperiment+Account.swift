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
      question: Self.question,
      findings: Method.allCases.flatMap { method in findings(fits.filter { $0.method == method }) },
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

  /// What the fits of one method come to.
  private func findings(_ fits: [Fit]) -> [String] {
    guard let method = fits.first?.method else { return [] }
    let falls = fits.map { $0.best.gold.value - $0.last.gold.value }.sorted()
    let qualities = fits.compactMap { $0.law?.rSquared }.sorted()
    var sentences = [
      "\(method.rawValue): in \(fits.count { $0.turns }) of \(fits.count) settings gold falls from its best while "
        + "the proxy goes on rising, by \(Self.range(falls)). The law fits with R² of "
        + "\(qualities.isEmpty ? NumberLabel.none : Self.range(qualities))."
    ]
    for noise in Set(fits.map(\.proxy.noise)).sorted() {
      let own = fits.filter { $0.proxy.noise == noise }.sorted { $0.proxy.pairs < $1.proxy.pairs }
      guard let few = own.first, let many = own.last, few.proxy != many.proxy else { continue }
      sentences.append(
        "\(method.rawValue), \(Int(100 * noise)) % flipped: from \(NumberLabel.fixed(few.first.gold.value, decimals: 3)) "
          + "gold comes to \(NumberLabel.fixed(few.best.gold.value, decimals: 3)) with "
          + "\(NumberLabel.grouped(few.proxy.pairs)) pairs and to "
          + "\(NumberLabel.fixed(many.best.gold.value, decimals: 3)) with "
          + "\(NumberLabel.grouped(many.proxy.pairs)).")
    }
    return sentences
  }

  /// `0.761 to 0.997`, of ascending numbers; one alone for a single one.
  private static func range(_ values: [Double]) -> String {
    let ends = [values.first, values.count > 1 ? values.last : nil].compactMap { $0 }
    return ends.map { NumberLabel.fixed($0, decimals: 3) }.joined(separator: " to ")
  }

  private var explanation: String {
    "Distances are d = √KL in nats a completion. Gold less that at d = 0 is fitted by d(α − βd) for best of n, of "
      + "which KL is the bound ln n − (n − 1)/n, and by d(α − β ln d) for PPO, from d = 0.5 to "
      + "KL = \(NumberLabel.fixed(Fit.limit, decimals: 0)) nats, each point weighted by one over its squared standard error over prompts. Proxies are in deviations of what their reward "
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
  /// The rows that the law is fitted to.
  let fitted: [OveroptimizationExperiment.Row]
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
    // The law of learning is not meant for distances near 0, where ln d is far below. Far out a policy says one
    // thing to every prompt, and its KL is no distance that it has gone.
    fitted = rows.filter { $0.distance >= 0.5 && $0.divergence.value <= Self.limit }
    law = GoldCurve(
      method == .ppo ? .reinforcement : .bestOfN, divergences: fitted.map(\.divergence.value),
      gold: fitted.map(\.gold.value), initialGold: first.gold.value,
      weights: fitted.map { 1 / max($0.gold.error * $0.gold.error, 1e-12) })
  }

  /// KL in nats up to which a law is fitted.
  static let limit = 10.0

  /// The law as a line of a chart.
  var curve: ChartSeries? {
    law.map { law in
      let end = fitted.map(\.distance).max() ?? 0
      return ChartSeries(
        "\(NumberLabel.grouped(proxy.pairs)) pairs",
        (0...60).map {
          ChartPoint(x: end * Double($0) / 60, y: law.gold(at: end * Double($0) / 60))
        })
    }
  }

  /// Whether gold has fallen from its best, beyond two standard errors, while the proxy rose.
  var turns: Bool {
    let error = (best.gold.error * best.gold.error + last.gold.error * last.gold.error).squareRoot()
    return best.gold.value - last.gold.value > 2 * error && last.score.value > best.score.value
  }
}
