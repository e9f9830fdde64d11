/// Whether a finished run has optimized its proxy beyond what the proxy is good for.
///
/// Rows are evaluations on the same prompts, in the order of their steps.
public struct OveroptimizationAnalysis: Sendable, Hashable {
  /// What the verdict goes by.
  public struct Criteria: Sendable, Hashable, Codable {
    /// The least Pearson correlation of proxy and gold that is no warning: 0.7.
    public var correlation = 0.7
    /// The rows of a stretch of the rolling correlation: 10. A last stretch whose correlation is
    /// −``correlation`` or less is a warning.
    public var rollingWindow = 10
    /// Evaluations that are averaged to find the parting: 3.
    public var window = 3
    /// Standard errors by which gold must have fallen and the proxy risen: 3.
    public var standardErrors = 3.0
    /// The least R² of a fitted curve that is heeded: 0.7.
    public var rSquared = 0.7
    /// The share of its rise that a fitted curve must have lost again to be a warning: 0.1.
    public var curveFall = 0.1

    /// The defaults.
    public init() {}
  }

  /// The least number of rows that can be analysed, as two that differ always correlate perfectly.
  public static let leastEvaluations = 3

  /// Pearson's r of proxy and gold; `nil` where a column does not vary.
  public let pearson: Double?
  /// Spearman's ρ of proxy and gold; `nil` where a column does not vary.
  public let spearman: Double?
  /// The correlations of stretches of the run.
  public let rolling: RollingCorrelation
  /// Where gold and proxy part; `nil` where they do not.
  public let parting: ProxyGoldParting?
  /// Both laws of gold over √KL, the one that fits better first; empty without KL, and where KL does
  /// not determine them.
  public let curves: [GoldCurve]
  /// The row of the greatest gold score; of equal ones the first.
  public let bestRow: Int
  /// The reasons for the verdict, the gravest first.
  public let findings: [OveroptimizationFinding]

  /// The gravest of what the ``findings`` say.
  public var verdict: OveroptimizationVerdict { findings.map(\.verdict).max() ?? .healthy }

  /// Analyses a run. The result is `nil` for fewer rows than ``leastEvaluations``.
  ///
  /// - Parameters:
  ///   - proxy: The score that was trained on; finite.
  ///   - gold: The score that counts; finite.
  ///   - divergences: KL(policy ‖ reference) in nats, if it was recorded. Where the first row's is
  ///     less than a thousandth of the greatest, its gold is the curves' R₀; else that is fitted.
  ///   - steps: The step of each row; `nil` to call rows 0, 1, 2, …
  ///   - criteria: What the verdict goes by.
  public init?(
    proxy: [Double], gold: [Double], divergences: [Double]? = nil, steps: [Int]? = nil,
    criteria: Criteria = Criteria()
  ) {
    requireSameCount(proxy.count, gold.count, "proxy and gold scores")
    if let steps { requireSameCount(steps.count, gold.count, "steps and gold scores") }
    guard proxy.count >= Self.leastEvaluations else { return nil }
    pearson = Correlation.pearson(proxy, gold)
    spearman = Correlation.spearman(proxy, gold)
    rolling = RollingCorrelation(proxy, gold, window: criteria.rollingWindow)
    parting = ProxyGoldParting(
      proxy: proxy, gold: gold, window: criteria.window, standardErrors: criteria.standardErrors)
    curves = divergences.map { Self.curves(divergences: $0, gold: gold) } ?? []
    var bestRow = 0
    for row in gold.indices where gold[row] > gold[bestRow] { bestRow = row }
    self.bestRow = bestRow

    var findings: [OveroptimizationFinding] = []
    if let parting {
      findings.append(
        .parted(
          peakStep: steps?[parting.peak] ?? parting.peak, goldFall: parting.goldFall,
          proxyRise: parting.proxyRise))
    } else if let fall = ProxyGoldParting(
      proxy: proxy.map(-), gold: gold, window: criteria.window,
      standardErrors: criteria.standardErrors)
    {
      findings.append(
        .bothFell(
          peakStep: steps?[fall.peak] ?? fall.peak, goldFall: fall.goldFall,
          proxyFall: fall.proxyRise))
    } else if gold.count < criteria.window + 2 {
      findings.append(.tooFew(evaluations: gold.count, needed: criteria.window + 2))
    } else {
      findings.append(.together)
    }
    if let pearson {
      findings.append(
        pearson < criteria.correlation
          ? .weaklyCorrelated(pearson: pearson, limit: criteria.correlation)
          : .correlated(pearson: pearson))
    } else {
      let proxyVaries = proxy.contains { $0 != proxy[0] }
      findings.append(proxyVaries ? .goldUnmoved : .proxyUnmoved)
    }
    if let last = rolling.pearson.last ?? nil, last <= -criteria.correlation {
      findings.append(.opposed(pearson: last, evaluations: criteria.rollingWindow))
    }
    if let curve = curves.first, let divergence = divergences?.max(),
      let finding = Self.pastPeak(curve, at: divergence, criteria)
    {
      findings.append(finding)
    }
    // Sorting keeps the order of equals.
    self.findings = findings.sorted { $0.verdict > $1.verdict }
  }

  private static func curves(divergences: [Double], gold: [Double]) -> [GoldCurve] {
    let startsAtReference = divergences[0] < 1e-3 * (divergences.max() ?? 0)
    return GoldCurve.Form.allCases.compactMap { form in
      GoldCurve(
        form, divergences: divergences, gold: gold,
        initialGold: startsAtReference ? gold[0] : nil)
    }.sorted { ($0.rSquared ?? -.infinity) > ($1.rSquared ?? -.infinity) }
  }

  private static func pastPeak(
    _ curve: GoldCurve, at divergence: Double, _ criteria: Criteria
  ) -> OveroptimizationFinding? {
    guard let peak = curve.peak, let rSquared = curve.rSquared, rSquared >= criteria.rSquared,
      divergence > peak.divergence
    else { return nil }
    let fall = peak.gold - curve.gold(at: divergence.squareRoot())
    guard fall > criteria.curveFall * (peak.gold - curve.initialGold) else { return nil }
    return .pastPeak(
      divergence: peak.divergence, lastDivergence: divergence, goldFall: fall)
  }
}
