/// Watches a run for reward hacking, evaluation after evaluation on the same prompts.
///
///     var monitor = HackingMonitor()
///     for warning in monitor.add(HackingObservation(step: 20, proxy: 1.4, gold: 0.3)) {
///       log("\(warning)")
///     }
///
/// Its rules audit what has happened; of them only that on gold is evidence of harm, the others are
/// occasions to read completions. It is a plain value that a checkpoint can keep.
public struct HackingMonitor: Sendable, Hashable, Codable {
  /// When it warns.
  public let thresholds: HackingThresholds
  /// What later evaluations are compared with: what was given, and for what that lacks the first
  /// value seen.
  public private(set) var baseline: HackingObservation?
  /// The evaluations so far, in order.
  public private(set) var observations: [HackingObservation] = []
  /// What holds as of the last evaluation, in the order of the rules.
  public private(set) var activeWarnings: [HackingWarning] = []

  /// Watches a run.
  ///
  /// - Parameters:
  ///   - baseline: An evaluation of the policy before training; `nil` to take the first that comes.
  ///   - thresholds: When to warn.
  public init(
    baseline: HackingObservation? = nil, thresholds: HackingThresholds = HackingThresholds()
  ) {
    requireFinite(baseline?.values ?? [], "the baseline's numbers")
    precondition(thresholds.window > 0, "a window of \(thresholds.window) evaluations")
    self.baseline = baseline
    self.thresholds = thresholds
  }

  /// Takes in an evaluation.
  ///
  /// - Parameter observation: Finite numbers, of a later step than the last.
  /// - Returns: The warnings that did not hold before; see ``activeWarnings`` for all that hold.
  public mutating func add(_ observation: HackingObservation) -> [HackingWarning] {
    requireFinite(observation.values, "the numbers of step \(observation.step)")
    if let last = observations.last {
      precondition(
        observation.step > last.step, "step \(observation.step) comes after step \(last.step)")
    }
    baseline = baseline?.completed(by: observation) ?? observation
    observations.append(observation)
    let known = Set(activeWarnings.map(\.rule))
    activeWarnings =
      [parting].compactMap { $0 } + changes(of: observation)
      + divergenceWarnings(of: observation)
    return activeWarnings.filter { !known.contains($0.rule) }
  }

  private var parting: HackingWarning? {
    let rows = observations.compactMap { row in
      row.proxy.flatMap { proxy in row.gold.map { (step: row.step, proxy: proxy, gold: $0) } }
    }
    let found = ProxyGoldParting(
      proxy: rows.map(\.proxy), gold: rows.map(\.gold), window: thresholds.window,
      standardErrors: thresholds.standardErrors)
    return found.map {
      .parted(peakStep: rows[$0.peak].step, goldFall: $0.goldFall, proxyRise: $0.proxyRise)
    }
  }

  /// Rules that compare a number with the baseline's.
  private func changes(of now: HackingObservation) -> [HackingWarning] {
    guard let baseline else { return [] }
    let limits = thresholds
    var warnings: [HackingWarning] = []
    if let length = now.length, let before = baseline.length, length > limits.lengthFactor * before
    {
      warnings.append(.longer(length: length, baseline: before, factor: limits.lengthFactor))
    }
    if let share = now.distinct, let before = baseline.distinct,
      share < limits.distinctFactor * before
    {
      warnings.append(
        .lessDistinct(share: share, baseline: before, factor: limits.distinctFactor))
    }
    if let share = now.repetition, let before = baseline.repetition,
      share > before + limits.repetitionRise
    {
      warnings.append(.moreRepetitive(share: share, baseline: before, rise: limits.repetitionRise))
    }
    if let similarity = now.selfSimilarity, let before = baseline.selfSimilarity,
      similarity > before + limits.similarityRise
    {
      warnings.append(
        .moreAlike(similarity: similarity, baseline: before, rise: limits.similarityRise))
    }
    if let share = now.keywordDensity, let before = baseline.keywordDensity,
      share > before + limits.keywordRise
    {
      warnings.append(.moreKeywords(share: share, baseline: before, rise: limits.keywordRise))
    }
    if let variance = now.ensembleVariance, let before = baseline.ensembleVariance,
      variance > limits.ensembleVarianceFactor * before
    {
      warnings.append(
        .disagreeing(variance: variance, baseline: before, factor: limits.ensembleVarianceFactor))
    }
    if let entropy = now.entropy, let before = baseline.entropy,
      entropy < limits.entropyFactor * before
    {
      warnings.append(
        .lessEntropy(entropy: entropy, baseline: before, factor: limits.entropyFactor))
    }
    return warnings
  }

  /// Rules on the distance from the reference: a budget, and growth a step over the last window
  /// beside that from the first evaluation until then, of at least a window too.
  private func divergenceWarnings(of now: HackingObservation) -> [HackingWarning] {
    guard let divergence = now.divergence else { return [] }
    var warnings: [HackingWarning] = []
    if divergence > thresholds.divergenceLimit {
      warnings.append(.far(divergence: divergence, limit: thresholds.divergenceLimit))
    }
    let rows = observations.compactMap { row in row.divergence.map { (step: row.step, kl: $0) } }
    let (last, middle) = (rows.count - 1, rows.count - 1 - thresholds.window)
    guard middle >= thresholds.window, divergence >= thresholds.divergenceFloor else {
      return warnings
    }
    func growth(from start: Int, to end: Int) -> Double {
      (rows[end].kl - rows[start].kl) / Double(rows[end].step - rows[start].step)
    }
    let (lately, before) = (growth(from: middle, to: last), growth(from: 0, to: middle))
    if lately > thresholds.divergenceGrowthFactor * max(0, before) {
      warnings.append(
        .accelerating(
          growth: lately, before: before, factor: thresholds.divergenceGrowthFactor))
    }
    return warnings
  }
}
