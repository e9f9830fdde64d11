internal import Reports

/// What changes that should not matter do to scores.
struct ProbeSection {
  let result: RewardEvaluationResult

  var section: ReportSection {
    ReportSection(
      "Bias probes",
      [
        .paragraph(
          "Each probe changes completions in one respect that adds nothing, and asks how often the "
            + "change scores higher than the original. A model without the bias stays at or below "
            + "50 %. A probe is flagged when its win rate is above 50 % by more than chance, with "
            + "Holm’s correction over all probes."),
        .figure(figure), .table(table),
      ])
  }

  private var figure: ReportFigure {
    ReportFigure(
      "How often the change scores higher",
      summary: "Win rates with intervals of 95 %; red: flagged.",
      chart: .intervals(
        IntervalChart(
          result.probes.map { $0.winRate.row($0.name, $0.isFlagged ? .alarming : .usual) },
          axis: ChartAxis("win rate of the change", format: .percent, range: 0...1),
          reference: 0.5)))
  }

  private var table: ReportTable {
    let corrected = result.correction?.probes ?? []
    var columns: [ReportTable.Column] = [
      .words("probe"), .numbers("pairs"), .numbers("win rate"), .numbers("mean shift"),
      .numbers("in deviations"), .numbers("p, corrected"),
    ]
    if !corrected.isEmpty { columns.append(.numbers("win rate, length corrected")) }
    var table = ReportTable(columns)
    for probe in result.probes {
      var cells: [ReportTable.Cell] = [
        .init(probe.name), .init(NumberLabel.grouped(probe.winRate.count)),
        .init(
          NumberLabel.percent(probe.winRate.value), tone: probe.isFlagged ? .alarming : .plain),
        .init(
          "\(NumberLabel.significant(probe.meanShift)) "
            + "(\(NumberLabel.significant(probe.meanShiftLower)) to "
            + "\(NumberLabel.significant(probe.meanShiftUpper)))"),
        .init(decimals(probe.standardizedShift, 2)),
        .init(probe.adjustedPValue < 0.001 ? "< 0.001" : decimals(probe.adjustedPValue)),
      ]
      if !corrected.isEmpty {
        let after = corrected.first { $0.name == probe.name }
        cells.append(
          .init(
            after.map { NumberLabel.percent($0.winRate.value) } ?? NumberLabel.none,
            tone: after?.isFlagged ?? false ? .alarming : .plain))
      }
      table.append(cells)
    }
    return table
  }
}
