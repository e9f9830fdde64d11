public import Reports

/// A result as a page with charts.
public struct RewardEvaluationPage: Sendable {
  private let result: RewardEvaluationResult

  /// A page of a result.
  ///
  /// - Parameter result: The result.
  public init(_ result: RewardEvaluationResult) { self.result = result }

  /// The page.
  ///
  /// - Parameter footer: What made the page.
  /// - Returns: A page whose charts and words are all of the result.
  public func page(footer: String) -> HTMLPage {
    HTMLPage(
      title: "Reward model evaluation", subtitle: result.model,
      opening: [.tiles(tiles)] + verdicts.map { .note($0.text, tone: $0.tone) },
      sections: [
        AccuracySection(result: result).section, breakdowns,
        result.calibration.map { CalibrationSection(calibration: $0).section },
        result.margins.map { MarginSection(margins: $0).section },
        LengthSection(result: result).section,
        result.probes.isEmpty ? nil : ProbeSection(result: result).section,
        result.ensemble.map { EnsembleSection(ensemble: $0).section },
        result.distribution.map { DistributionSection(distribution: $0).section }, data,
      ].compactMap { $0 },
      footer: footer)
  }

  private var tiles: [ReportTile] {
    let accuracy = result.accuracy.accuracy
    var tiles = [
      ReportTile(
        "Accuracy", accuracy.percent,
        detail: "\(accuracy.range) on \(NumberLabel.grouped(accuracy.count)) comparisons; "
          + "a length baseline reaches \(NumberLabel.percent(bestLengthBaseline))",
        tone: result.baselines.advantageLower > 0
          ? .good : result.baselines.advantageUpper < 0 ? .alarming : .caution)
    ]
    if let calibration = result.calibration?.all {
      tiles.append(
        ReportTile(
          "Calibration error",
          NumberLabel.fixed(calibration.expectedCalibrationError, decimals: 3),
          detail: "chance alone stays below "
            + NumberLabel.fixed(calibration.chancePercentile95, decimals: 3),
          tone: calibration.isMiscalibrated ? .caution : .good))
    }
    if !result.probes.isEmpty {
      let flagged = result.probes.count { $0.isFlagged }
      tiles.append(
        ReportTile(
          "Bias probes flagged", "\(flagged) of \(result.probes.count)",
          detail: flagged == 0
            ? "nothing that adds nothing is preferred"
            : result.probes.filter(\.isFlagged).map(\.shortName).joined(separator: ", "),
          tone: flagged == 0 ? .good : .alarming))
    }
    if let correlation = result.length.correlations.withinPrompt {
      tiles.append(
        ReportTile(
          "Score and length", NumberLabel.fixed(correlation, decimals: 2),
          detail: "correlation within prompts; 0 is none",
          tone: abs(correlation) > 0.3 ? .caution : .plain))
    }
    if let gold = result.gold {
      tiles.append(
        ReportTile(
          "Agreement with gold", (gold.clearAgreement ?? gold.agreement).percent,
          detail: gold.clearAgreement == nil
            ? "where gold scores differ" : "where gold scores differ by 0.2 or more"))
    }
    return tiles
  }

  private var bestLengthBaseline: Double {
    max(result.baselines.pickLonger.value, result.baselines.pickShorter.value)
  }

  /// What the numbers come to, in sentences.
  private var verdicts: [(text: String, tone: ReportTone)] {
    let baselines = result.baselines
    let name =
      baselines.pickLonger.value >= baselines.pickShorter.value
      ? "always picking the longer completion" : "always picking the shorter completion"
    let points =
      "\(NumberLabel.fixed(100 * baselines.advantage, decimals: 1)) points "
      + "(\(NumberLabel.fixed(100 * baselines.advantageLower, decimals: 1)) to "
      + "\(NumberLabel.fixed(100 * baselines.advantageUpper, decimals: 1)))"
    let accuracy: (String, ReportTone) =
      if baselines.advantageLower > 0 {
        ("The model is better than \(name), by \(points).", .good)
      } else if baselines.advantageUpper < 0 {
        ("The model is worse than \(name): the difference is \(points).", .alarming)
      } else {
        (
          "The data do not show that the model is better than \(name): the difference is "
            + "\(points).", .caution
        )
      }
    return [accuracy]
  }

  private var breakdowns: ReportSection? {
    if result.breakdowns.isEmpty { return nil }
    return ReportSection(
      "Where it is right",
      [.figures(result.breakdowns.map(\.figure))])
  }

  private var data: ReportSection {
    let rows = result.rows
    var facts = [
      ReportFact("Rows scored", NumberLabel.grouped(rows.scored)),
      ReportFact("Comparisons", NumberLabel.grouped(rows.comparisons)),
      ReportFact("Different prompts", NumberLabel.grouped(rows.prompts)),
      ReportFact("Mean score", NumberLabel.significant(result.scores.mean)),
      ReportFact(
        "Deviation of scores",
        result.scores.deviation.map { NumberLabel.significant($0) } ?? NumberLabel.none),
      ReportFact("Seed", "\(result.seed)"),
    ]
    if rows.rankings > 0 {
      facts.insert(ReportFact("Rankings", NumberLabel.grouped(rows.rankings)), at: 1)
    }
    facts += rows.dropped.sorted { $0.key < $1.key }.map {
      ReportFact("Left out: \($0.key)", NumberLabel.grouped($0.value))
    }
    return ReportSection(
      "Data",
      [.paragraph("Files: \(result.data.joined(separator: ", "))."), .facts(facts)]
        + result.notes.map { .note($0.sentence) })
  }
}

extension BreakdownResult {
  fileprivate var figure: ReportFigure {
    ReportFigure(
      "Accuracy by \(name)",
      summary: "Intervals of 95 %, dashed: guessing. The numbers of comparisons stand in brackets.",
      chart: .intervals(
        IntervalChart(
          groups.map { $0.accuracy.row("\($0.name) (\(NumberLabel.grouped($0.accuracy.count)))") },
          axis: ChartAxis("accuracy", format: .percent), reference: 0.5)))
  }
}

extension String {
  /// With a capital and a full stop.
  fileprivate var sentence: String { "\(prefix(1).uppercased())\(dropFirst())." }
}

extension ProbeResult {
  /// What stands before the colon of the name.
  package var shortName: String { String(name.prefix { $0 != ":" }) }
}
