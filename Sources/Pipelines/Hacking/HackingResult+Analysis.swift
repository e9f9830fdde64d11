public import Evaluations

extension HackingResult {
  /// Analyses a run.
  ///
  /// - Parameters:
  ///   - run: What was measured.
  ///   - criteria: What the verdict goes by.
  /// - Throws: ``PipelineError/fewEvaluations(path:count:needed:)``.
  public init(
    _ run: WatchedRun,
    criteria: OveroptimizationAnalysis.Criteria = OveroptimizationAnalysis.Criteria()
  ) throws(PipelineError) {
    let evaluations = run.evaluations
    let scores = evaluations.compactMap { row in
      row.proxy.flatMap { proxy in row.gold.map { (proxy: proxy, gold: $0) } }
    }
    precondition(scores.count == evaluations.count, "an evaluation without proxy or gold")
    guard
      let analysis = OveroptimizationAnalysis(
        proxy: scores.map(\.proxy), gold: scores.map(\.gold), divergences: run.divergences,
        steps: evaluations.map(\.step), criteria: criteria)
    else {
      throw .fewEvaluations(
        path: run.source, count: evaluations.count,
        needed: OveroptimizationAnalysis.leastEvaluations)
    }
    source = run.source
    verdict = analysis.verdict
    reasons = analysis.findings.map { Reason(verdict: $0.verdict, sentence: $0.description) }
    self.evaluations = evaluations
    best = evaluations[analysis.bestRow]
    correlation = Correlation(
      pearson: analysis.pearson, spearman: analysis.spearman, limit: criteria.correlation,
      window: criteria.rollingWindow, rolling: analysis.rolling.pearson)
    parting = analysis.parting.map {
      Parting(
        step: evaluations[$0.peak].step, goldFall: $0.goldFall, proxyRise: $0.proxyRise,
        goldNoise: $0.goldNoise, proxyNoise: $0.proxyNoise)
    }
    let distance = max(0, run.divergences?.max() ?? 0).squareRoot()
    curves = analysis.curves.map { Curve($0, reached: distance) }
    warnings = Self.warnings(about: evaluations)
    notes = run.notes
    if let note = Self.noteOnCurve(run, curves) { notes.append(note) }
  }

  /// Lets a monitor see one evaluation after the other.
  private static func warnings(about evaluations: [HackingObservation]) -> [Warning] {
    var monitor = HackingMonitor()
    var warnings: [Warning] = []
    for evaluation in evaluations {
      warnings += monitor.add(evaluation).map {
        Warning(
          step: evaluation.step, rule: $0.rule, sentence: $0.description, holdsAtEnd: false)
      }
    }
    let active = Set(monitor.activeWarnings.map(\.rule))
    for rule in active {
      guard let last = warnings.lastIndex(where: { $0.rule == rule }) else { continue }
      warnings[last].holdsAtEnd = true
    }
    return warnings
  }

  /// Why there is no curve, where there is none.
  private static func noteOnCurve(_ run: WatchedRun, _ curves: [Curve]) -> String? {
    if !curves.isEmpty { return nil }
    let recorded = run.evaluations.count { $0.divergence != nil }
    if recorded == 0 { return "KL was not recorded, so that no curve of gold over √KL was fitted" }
    if recorded < run.evaluations.count {
      return
        "KL was recorded in \(recorded) of \(run.evaluations.count) evaluations, so that no curve "
        + "of gold over √KL was fitted"
    }
    return
      "the distances from the reference are too few or too alike to fit a curve of gold over √KL"
  }
}

extension HackingResult.Curve {
  fileprivate init(_ curve: GoldCurve, reached distance: Double) {
    form = curve.form
    alpha = curve.alpha
    beta = curve.beta
    initialGold = curve.initialGold
    rSquared = curve.rSquared
    // A curve that hardly bends has its peak where no number is.
    peak = curve.peak.flatMap { peak in
      peak.divergence.isFinite && peak.gold.isFinite
        ? Peak(
          distance: peak.distance, kl: peak.divergence, gold: peak.gold,
          isReached: peak.distance <= distance) : nil
    }
  }

  /// The curve as a function.
  ///
  /// - Parameter distance: d = √KL, at least 0.
  /// - Returns: The gold score expected there.
  public func gold(at distance: Double) -> Double {
    GoldCurve(form, alpha: alpha, beta: beta, initialGold: initialGold).gold(at: distance)
  }
}
