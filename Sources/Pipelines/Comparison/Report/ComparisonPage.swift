public import Reports

/// A comparison as a page with charts and samples.
public struct ComparisonPage: Sendable {
  private let result: ModelComparisonResult

  /// A page of a result.
  ///
  /// - Parameter result: The result.
  public init(_ result: ModelComparisonResult) { self.result = result }

  /// The page.
  ///
  /// - Parameter footer: What made the page.
  /// - Returns: A page whose charts and words are all of the result.
  public func page(footer: String) -> HTMLPage {
    HTMLPage(
      title: "Comparison of models",
      subtitle: result.models.map(\.name).joined(separator: ", "),
      opening: [.tiles(tiles)] + result.notes.map { .note($0.asSentence) },
      sections: [
        ComparisonScoreSection(result: result).section,
        ComparisonWinSection(result: result).section,
        ComparisonKindSection(result: result).section,
        ComparisonTextSection(result: result).section,
        ComparisonSampleSection(result: result).section, data,
      ].compactMap { $0 },
      footer: footer)
  }

  private var tiles: [ReportTile] {
    let others = result.models.filter { !$0.isBaseline }
    return others.prefix(4).compactMap { model in
      model.winRate.map { rate in
        ReportTile(
          "\(model.name) beats \(result.baseline)", rate.percent,
          detail: "\(rate.range); wins, ties, losses: \(model.recordWords ?? "")",
          tone: rate.lower > 0.5 ? .good : rate.upper < 0.5 ? .alarming : .caution)
      }
    }
  }

  private var data: ReportSection {
    let sampling = result.sampling
    var facts = [
      ReportFact("Judge", result.judge),
      ReportFact("Prompts", NumberLabel.grouped(result.prompts)),
      ReportFact("Completions of each", NumberLabel.grouped(sampling.completions)),
      ReportFact(
        "Drawn",
        sampling.temperature.map { "at temperature \(NumberLabel.significant($0))" }
          ?? "the most likely token"),
      ReportFact("Tokens at most", NumberLabel.grouped(sampling.maxNewTokens)),
      ReportFact("Baseline", result.baseline),
      ReportFact("Seed", "\(sampling.seed)"),
    ]
    if let reference = result.reference { facts.append(ReportFact("Reference", reference)) }
    facts += result.models.map { ReportFact($0.name, $0.directory) }
    var blocks: [ReportBlock] =
      result.data.isEmpty
      ? [] : [.paragraph("Prompts from \(result.data.joined(separator: ", ")).")]
    if let judging = result.judging { blocks.append(.paragraph(judging.words)) }
    return ReportSection("Data", blocks + [.facts(facts)])
  }
}

extension ModelComparisonResult.Judging {
  /// What the order of answers did.
  package var words: String {
    guard let consistency, let firstPosition else {
      return "All \(NumberLabel.grouped(equalAnswers)) comparisons were of equal answers."
    }
    return
      "The judge was shown both orders of \(NumberLabel.grouped(consistency.count)) comparisons: both led "
      + "to the same answer in \(consistency.words), the others are ties. It preferred the answer that stood "
      + "first in \(firstPosition.words) of its choices; \(NumberLabel.grouped(equalAnswers)) comparisons of "
      + "equal answers are ties without a question."
  }
}

extension String {
  /// With a capital and a full stop.
  fileprivate var asSentence: String { "\(prefix(1).uppercased())\(dropFirst())." }
}
