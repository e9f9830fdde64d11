internal import Evaluations
public import Reports

/// A result as a page with charts.
public struct HackingPage: Sendable {
  private let result: HackingResult

  /// A page of a result.
  ///
  /// - Parameter result: The result.
  public init(_ result: HackingResult) { self.result = result }

  /// The page.
  ///
  /// - Parameter footer: What made the page.
  /// - Returns: A page whose charts and words are all of the result.
  public func page(footer: String) -> HTMLPage {
    HTMLPage(
      title: "Reward hacking", subtitle: result.source,
      opening: [.tiles(tiles)]
        + result.reasons.map { .note($0.sentence, tone: $0.verdict.tone) },
      sections: [
        PartingSection(result: result).section, DistanceSection(result: result).section,
        SignalSection(result: result).section, data,
      ].compactMap { $0 },
      footer: footer)
  }

  private var tiles: [ReportTile] {
    let best = result.best
    var tiles = [
      ReportTile(
        "Verdict", result.verdict.rawValue,
        detail: "by \(NumberLabel.grouped(result.evaluations.count)) evaluations",
        tone: result.verdict.tone),
      ReportTile(
        "Correlation of proxy and gold",
        result.correlation.pearson.map { decimals($0, 2) } ?? NumberLabel.none,
        detail:
          "Pearson’s r; below \(NumberLabel.significant(result.correlation.limit, digits: 1)) is a warning",
        tone: (result.correlation.pearson ?? 1) < result.correlation.limit ? .caution : .plain),
      ReportTile(
        "Best gold score", best.gold.map { NumberLabel.significant($0) } ?? NumberLabel.none,
        detail: "at step \(NumberLabel.grouped(best.step))"),
    ]
    if let last = result.evaluations.last?.gold, let greatest = best.gold {
      tiles.append(
        ReportTile(
          "Last gold score", NumberLabel.significant(last),
          detail: last < greatest
            ? "\(NumberLabel.significant(greatest - last)) below the best" : "the best",
          tone: result.parting == nil ? .plain : .alarming))
    }
    return tiles
  }

  private var data: ReportSection {
    let steps = result.evaluations.map { NumberLabel.grouped($0.step) }
    let correlation = result.correlation
    var facts = [
      ReportFact("Evaluations", NumberLabel.grouped(result.evaluations.count)),
      ReportFact(
        "Steps", "\(steps.first ?? "") to \(steps.last ?? "")"),
      ReportFact("Pearson’s r of proxy and gold", decimals(correlation.pearson)),
      ReportFact("Spearman’s ρ of proxy and gold", decimals(correlation.spearman)),
    ]
    if let parting = result.parting {
      facts += [
        ReportFact("Noise of gold, as a deviation", NumberLabel.significant(parting.goldNoise)),
        ReportFact("Noise of the proxy", NumberLabel.significant(parting.proxyNoise)),
      ]
    }
    return ReportSection(
      "Data",
      [.paragraph("From \(result.source)."), .facts(facts)]
        + result.notes.map { .note("\($0.prefix(1).uppercased())\($0.dropFirst()).") })
  }
}
