import LanguageModels
import Pipelines
import PreferenceData
import Reports

/// The result of `attune evaluate reward` for a terminal.
struct RewardEvaluationTables {
  private let result: RewardEvaluationResult

  /// The tables of a result.
  init(_ result: RewardEvaluationResult) { self.result = result }

  /// All tables, without a line feed at the end.
  func rendered() -> String {
    ([heading, accuracy] + result.breakdowns.map(\.table)
      + [calibration, margins, length, probes, ensemble, distribution, notes])
      .compactMap { $0 }.joined(separator: "\n\n")
  }

  private var heading: String {
    let rows = result.rows
    var words = [
      "\(NumberText.grouped(rows.scored)) rows",
      "\(NumberText.grouped(rows.comparisons)) comparisons",
      "\(NumberText.grouped(rows.prompts)) prompts",
    ]
    words += rows.dropped.sorted { $0.key < $1.key }.map { "left out \($1) (\($0))" }
    return "\(result.model): \(words.joined(separator: ", "))"
  }

  private var accuracy: String {
    var table = Table(
      .init("accuracy"), .init("", .right), .init("95 %", .right), .init("n", .right))
    func add(_ name: String, _ share: ShareEstimate?) {
      guard let share else { return }
      table.append(name, share.percent, share.range, NumberText.grouped(share.count))
    }
    add("reward model", result.accuracy.accuracy)
    add("pick the longer", result.baselines.pickLonger)
    add("pick the shorter", result.baselines.pickShorter)
    add("guess", result.baselines.random)
    if let gold = result.gold {
      add("reward model, by gold", gold.agreement)
      add("… where gold differs by 0.2 or more", gold.clearAgreement)
      add("judges, by gold", gold.judges)
    }
    if let annotators = result.annotators {
      add("reward model, with single annotators", annotators.model)
      add("annotators, with each other (ceiling)", annotators.eachOther)
    }
    if let hhh = result.hhh {
      add("reward model on HHH", hhh.accuracy.accuracy)
      add("pick the longer on HHH", hhh.baselines.pickLonger)
      add("pick the shorter on HHH", hhh.baselines.pickShorter)
    }
    var facts = FactList()
    facts.add("equal scores, counted as wrong", "\(result.accuracy.ties)")
    facts.add(
      "better than the better length baseline by",
      "\(points(result.baselines.advantage)) points (\(points(result.baselines.advantageLower)) to "
        + "\(points(result.baselines.advantageUpper)))")
    if let rankings = result.rankings {
      facts.add(
        "Kendall's tau of \(NumberText.grouped(rankings.count)) rankings",
        "\(fixed(rankings.tauA, 2)) (\(fixed(rankings.lower, 2)) to \(fixed(rankings.upper, 2)))")
    }
    return "\(table.rendered())\n\n\(facts.rendered())"
  }

  private var calibration: String? {
    guard let calibration = result.calibration else { return nil }
    var table = Table(
      .init("calibration"), .init("error", .right), .init("95 % of chance", .right),
      .init("Brier", .right), .init("NLL", .right), .init("confidence", .right),
      .init("accuracy", .right))
    func add(_ name: String, _ measure: CalibrationResult.Measure) {
      table.append(
        name, fixed(measure.expectedCalibrationError, 3), fixed(measure.chancePercentile95, 3),
        fixed(measure.brierScore, 3), fixed(measure.negativeLogLikelihood, 3),
        NumberLabel.percent(measure.meanConfidence), NumberLabel.percent(measure.accuracy))
    }
    add("all", calibration.all)
    if let scaling = calibration.scaling {
      add("other half, as it is", scaling.before)
      add(
        "other half, temperature \(NumberText.significant(scaling.temperature, digits: 3))",
        scaling.after)
    }
    let note = calibration.scalingNote.map { "\nno temperature: \($0)" } ?? ""
    return table.rendered() + note
  }

  private var margins: String? {
    guard let margins = result.margins else { return nil }
    var table = Table(
      .init("|margin|"), .init("accuracy", .right), .init("95 %", .right), .init("n", .right))
    for band in margins.bands {
      table.append(
        "\(significant(band.lower)) to \(significant(band.upper))", band.accuracy.percent,
        band.accuracy.range, NumberText.grouped(band.accuracy.count))
    }
    let deviation = margins.deviation.map { ", deviation \(significant($0))" } ?? ""
    return "\(table.rendered())\nmean margin \(significant(margins.mean))\(deviation), "
      + "\(NumberLabel.percent(margins.shareNearZero)) within ±0.1"
  }

  private var length: String? {
    var table = Table(
      .init("score and length"), .init("correlation", .right),
      .init("uncorrected, other half", .right), .init("corrected", .right))
    let before = result.correction?.before.named
    let after = result.correction?.after.named
    for (index, entry) in result.length.correlations.named.enumerated() {
      let values = [entry.value, before?[index].value, after?[index].value]
      guard values.contains(where: { $0 != nil }) else { continue }
      let cells = values.map { $0.map { fixed($0, 2) } ?? NumberLabel.none }
      table.append(entry.name, cells[0], cells[1], cells[2])
    }
    var lines = table.rows.isEmpty ? [] : [table.rendered()]
    if let correction = result.correction {
      lines.append(
        "correction: \(significant(correction.correction.slope)) a token, from "
          + "\(fixed(correction.correction.origin, 1)) tokens on, fitted on "
          + "\(NumberText.grouped(correction.fittedOn)) completions")
      if let before = correction.accuracyBefore, let after = correction.accuracyAfter {
        lines.append("accuracy without it \(before.words), with it \(after.words)")
      }
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private var probes: String? {
    if result.probes.isEmpty { return nil }
    var table = Table(
      .init("probe"), .init("win rate", .right), .init("95 %", .right), .init("n", .right),
      .init("shift, deviations", .right), .init("p", .right), .init("corrected", .right), .init(""))
    for probe in result.probes {
      let corrected = result.correction?.probes.first { $0.name == probe.name }
      table.append(
        probe.name, probe.winRate.percent, probe.winRate.range,
        NumberText.grouped(probe.winRate.count),
        probe.standardizedShift.map { fixed($0, 2) } ?? NumberLabel.none,
        probe.adjustedPValue < 0.001 ? "<0.001" : fixed(probe.adjustedPValue, 3),
        corrected?.winRate.percent ?? NumberLabel.none,
        flag(probe, corrected))
    }
    return table.rendered()
  }

  private func flag(_ probe: ProbeResult, _ corrected: ProbeResult?) -> String {
    guard probe.isFlagged else { return "" }
    return corrected?.isFlagged == false ? "flagged; corrected not" : "flagged"
  }

  private var ensemble: String? {
    guard let ensemble = result.ensemble else { return nil }
    var table = Table(
      .init("ensemble"), .init("accuracy", .right), .init("95 %", .right))
    for entry in ensemble.accuracies {
      table.append(entry.name, entry.accuracy.percent, entry.accuracy.range)
    }
    let detection = ensemble.errorDetection.map { "; it tells errors with \(fixed($0, 2))" } ?? ""
    return "\(table.rendered())\n"
      + "mean variance over members \(significant(ensemble.meanVariance))\(detection)"
  }

  private var distribution: String? {
    guard let distribution = result.distribution else { return nil }
    var table = Table(
      .init("beside the reference"), .init("median", .right), .init("reference", .right),
      .init("separation", .right))
    func add(_ name: String, _ comparison: DistributionResult.Comparison?) {
      guard let comparison else { return }
      table.append(
        name, significant(comparison.evaluatedMedian), significant(comparison.referenceMedian),
        fixed(comparison.separation, 3))
    }
    add("Mahalanobis distance", distribution.distance)
    add("variance over members", distribution.variance)
    return table.rendered()
  }

  private var notes: String? {
    result.notes.isEmpty ? nil : result.notes.joined(separator: "\n")
  }
}

extension BreakdownResult {
  fileprivate var table: String {
    var table = Table(
      .init(name), .init("accuracy", .right), .init("95 %", .right), .init("n", .right))
    for group in groups {
      table.append(
        group.name, group.accuracy.percent, group.accuracy.range,
        NumberText.grouped(group.accuracy.count))
    }
    return table.rendered()
  }
}

private func fixed(_ value: Double, _ decimals: Int) -> String {
  NumberText.fixed(value, decimals: decimals)
}

private func significant(_ value: Double) -> String { NumberText.significant(value, digits: 3) }

private func points(_ share: Double) -> String { NumberText.fixed(100 * share, decimals: 1) }
