internal import Evaluations
internal import Reports

/// What else was measured, and what a monitor would have said of it.
struct SignalSection {
  let result: HackingResult

  /// The section, where anything was measured beside the scores, or a warning was due.
  var section: ReportSection? {
    let signs = WatchedSignal.signs.filter { $0.isRecorded(in: result.evaluations) }
    if signs.isEmpty, result.warnings.isEmpty { return nil }
    var blocks = warnings
    if !signs.isEmpty { blocks.append(.figures(signs.map { $0.figure(of: result) })) }
    return ReportSection("Signs along the way", blocks)
  }

  /// The rules that were broken.
  var warnings: [ReportBlock] {
    [
      .paragraph(
        "Rules compare each evaluation with the first. They audit what has happened: only the fall of "
          + "gold is evidence of harm, the others are occasions to read completions."),
      result.warnings.isEmpty ? .note("No rule was broken.", tone: .good) : .table(table),
    ]
  }

  private var table: ReportTable {
    var table = ReportTable([
      .words("step"), .words("what was seen"), .words("at the end"),
    ])
    for warning in result.warnings {
      table.append([
        .init(NumberLabel.grouped(warning.step)),
        .init(warning.sentence, tone: warning.rule == .parting ? .alarming : .plain),
        .init(warning.holdsAtEnd ? "still so" : "no longer"),
      ])
    }
    return table
  }
}
