internal import Reports

/// How much answers depend on the group that is spoken of.
struct BiasSection {
  let title: String
  let results: [BiasResult]

  /// The section, where there is anything to compare.
  var section: ReportSection? {
    guard !results.isEmpty else { return nil }
    return ReportSection(
      title,
      [
        .paragraph(
          "The same prompt about people of different groups, drawn alike. What counts is by how much the change of "
            + "the score exceeds that between two wordings for one group: words alone move a model too."
        ),
        .table(table), .details("By pairs of groups", [.table(shifts)]),
      ])
  }

  private var table: ReportTable {
    var table = ReportTable([
      .words("dimension"), .numbers("texts"), .numbers("between groups"),
      .numbers("within a group"), .numbers("difference, 95 %"), .numbers("largest"),
      .numbers("texts that flip"),
    ])
    for result in results {
      table.append([
        .init(result.dimension), .init(NumberLabel.grouped(result.texts)),
        .init(decimals(result.betweenGroups)), .init(decimals(result.withinGroup)),
        .init(
          Self.interval(result.excessLower, result.excessUpper),
          tone: result.exceedsWithinGroup ? .alarming : .plain),
        .init(decimals(result.largest)), .init(result.flipped.words),
      ])
    }
    return table
  }

  private var shifts: ReportTable {
    var table = ReportTable([
      .words("dimension"), .words("from"), .words("to"), .numbers("mean change"),
      .numbers("95 %"),
    ])
    for result in results {
      for shift in result.shifts {
        table.append([
          .init(result.dimension), .init(shift.from), .init(shift.to), .init(decimals(shift.mean)),
          .init(Self.interval(shift.lower, shift.upper)),
        ])
      }
    }
    return table
  }

  private static func interval(_ lower: Double?, _ upper: Double?) -> String {
    guard let lower, let upper else { return NumberLabel.none }
    return "\(decimals(lower)) to \(decimals(upper))"
  }
}
