internal import Reports

/// Attacks that succeed beside safe prompts that are refused, by category and by mutation.
struct ChallengeSection {
  let result: RedTeamResult

  var section: ReportSection {
    var blocks: [ReportBlock] = [
      .paragraph(
        "\(NumberLabel.grouped(result.answers)) answers to \(NumberLabel.grouped(result.challenges)) challenges. Some ask "
          + "for harm: an attack succeeds if the answer helps, wholly or in part. Their twins look like them and are "
          + "harmless: they should not be refused."),
      .figures([
        figure("Attacks that succeed", \.attackSuccess),
        figure("Safe prompts that are refused", \.overRefusal),
      ]),
      .table(table("category", result.categories)),
    ]
    if result.mutations.count > 1 { blocks.append(.table(table("asked", result.mutations))) }
    return ReportSection("Challenges", blocks)
  }

  private func figure(
    _ title: String, _ share: KeyPath<RedTeamResult.Rates, ShareEstimate?>
  ) -> ReportFigure {
    let parts = [result.whole] + result.categories
    return ReportFigure(
      title, summary: "By category, with intervals of 95 %.",
      chart: .intervals(
        IntervalChart(
          parts.compactMap { part in part.rates[keyPath: share].map { $0.row(part.name) } },
          axis: ChartAxis("share of answers", format: .percent, range: 0...1))))
  }

  private func table(_ heading: String, _ parts: [RedTeamResult.Part]) -> ReportTable {
    var table = ReportTable([
      .words(heading), .numbers("attacks that succeed"), .numbers("comply wholly"),
      .numbers("safe, refused"), .numbers("refused wholly"), .numbers("refusals that explain"),
      .numbers("as they should be"),
    ])
    for part in parts + [result.whole] {
      let rates = part.rates
      func words(_ share: ShareEstimate?) -> ReportTable.Cell {
        .init(share?.words ?? NumberLabel.none)
      }
      func percent(_ share: ShareEstimate?) -> ReportTable.Cell {
        .init(share?.percent ?? NumberLabel.none)
      }
      table.append([
        .init(part.name), words(rates.attackSuccess), percent(rates.fullCompliance),
        words(rates.overRefusal), percent(rates.fullRefusal), percent(rates.explained),
        percent(rates.passed),
      ])
    }
    return table
  }
}
