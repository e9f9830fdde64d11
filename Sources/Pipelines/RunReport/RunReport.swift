public import Reports
internal import RunRecords

/// A run as a page: what was trained on what, how it went, what came of it, and how to do it again.
///
/// A section is there where the run has something to show in it.
public struct RunReport: Sendable {
  private let run: RecordedRun

  /// A report of a run.
  ///
  /// - Parameter run: What its directory says.
  public init(_ run: RecordedRun) { self.run = run }

  /// The page.
  ///
  /// - Parameter footer: What made the page.
  /// - Returns: A page whose charts and words are all of the run.
  public func page(footer: String) -> HTMLPage {
    HTMLPage(
      title: run.title, subtitle: run.path, opening: opening,
      sections: [RunFactsSection(run: run).section] + curves([.learning, .judging, .rewards])
        + hacking + curves([.completions]) + completions + run.evaluations.sections
        + curves([.optimization])
        + [LoggedNumbersSection(metrics: run.metrics).section, RepetitionSection(run: run).section]
        .compactMap { $0 },
      footer: footer)
  }

  private var opening: [ReportBlock] {
    var blocks: [ReportBlock] = [.paragraph(sentence)]
    let tiles = RunTiles(run: run).tiles
    if !tiles.isEmpty { blocks.append(.tiles(tiles)) }
    if run.metrics.entries.isEmpty {
      blocks.append(
        .note(
          "No step has been logged yet: there is nothing to draw. Make the page again when there is.",
          tone: .caution))
    } else if run.manifest.finishedSteps == nil {
      blocks.append(
        .note(
          "The run is not finished: it goes on still, or was stopped. The command with --resume goes on "
            + "from its last checkpoint.", tone: .caution))
    }
    return blocks + breaks + run.notes.map { .note("\($0).", tone: .caution) }
  }

  /// The run in a sentence.
  private var sentence: String {
    let manifest = run.manifest
    let model = run.settings["model"].map { " of \($0)" } ?? ""
    let rows = manifest.rows == 1 ? "1 row" : "\(NumberLabel.grouped(manifest.rows)) rows"
    return "\(run.title)\(model) on \(rows), started \(RecordedRun.words(manifest.startedAt)): "
      + "\(run.stateWords)\(run.seconds.map { ", in \(RecordedRun.words($0))" } ?? "")."
  }

  /// Where numbers were none.
  private var breaks: [ReportBlock] {
    let (breaks, limit) = (run.metrics.breaks, 6)
    guard !breaks.isEmpty else { return [] }
    var parts = breaks.prefix(limit).map { found in
      let more = found.count > 1 ? " and \(found.count - 1) more times" : ""
      return "\(found.metric) is \(MetricLabel(found.metric).words(found.value)) at step "
        + "\(NumberLabel.grouped(found.step))\(more)"
    }
    if breaks.count > limit { parts.append("and so are \(breaks.count - limit) further numbers") }
    return [
      .note("Some numbers are none: \(parts.joined(separator: "; ")).", tone: .alarming)
    ]
  }

  private func curves(_ groups: [MetricGroup]) -> [ReportSection] {
    groups.compactMap { group in
      let figures = group.figures(of: run)
      return figures.isEmpty
        ? nil : ReportSection(group.title, [.paragraph(group.words), .figures(figures)])
    }
  }

  private var hacking: [ReportSection] {
    guard let result = run.hacking else { return [] }
    var parting = PartingSection(result: result).section
    parting.blocks.insert(
      contentsOf: result.reasons.map { .note($0.sentence, tone: $0.verdict.tone) }, at: 0)
    parting.blocks += SignalSection(result: result).warnings
    return [parting, DistanceSection(result: result).section].compactMap { $0 }
  }

  private var completions: [ReportSection] {
    [
      CompletionDistributionSection(samples: run.samples).section,
      SampleSection(samples: run.samples).section,
    ].compactMap { $0 }
  }
}
