internal import Reports

/// How often each model beats the baseline, and the ranking of all.
struct ComparisonWinSection {
  let result: ModelComparisonResult

  var section: ReportSection {
    ReportSection(
      "Wins",
      [
        .paragraph(
          "Completions of one prompt are compared one with one; a tie is half a win. Controlled for length, "
            + "the win rate is what a logistic model expects if both sides were as long."),
        .figure(
          ReportFigure(
            "Win rate against \(result.baseline)",
            summary:
              "With intervals of 95 %, prompts drawn with replacement. Grey: controlled for length. "
              + "Dashed: as good as \(result.baseline).",
            chart: .intervals(
              IntervalChart(
                rows, axis: ChartAxis("win rate", format: .percent), reference: 0.5)))),
        .table(table),
        .paragraph(
          "Strengths are those of Bradley and Terry’s model over all comparisons of all models, as log odds "
            + "against one of mean strength; p is that of a sign test over prompts, with Holm’s correction."
        ),
      ] + pairs)
  }

  private var rows: [IntervalChart.Row] {
    result.models.flatMap { model -> [IntervalChart.Row] in
      let controlled = model.lengthControlledWinRate.map {
        IntervalChart.Row(
          "\(model.name), length-controlled", value: $0.value, lower: $0.lower, upper: $0.upper,
          emphasis: .faint)
      }
      return [model.winRate?.row(model.name), controlled].compactMap { $0 }
    }
  }

  private var table: ReportTable {
    var table = ReportTable([
      .words("model"), .numbers("rank"), .numbers("strength"), .numbers("Elo"),
      .numbers("wins / ties / losses"), .numbers("win rate"), .numbers("length-controlled"),
      .numbers("p"),
    ])
    let ranked = result.models.sorted { ($0.strength?.rank ?? 0) < ($1.strength?.rank ?? 0) }
    for model in ranked {
      let cells: [String?] = [
        model.strength.map { "\($0.rank)" }, model.strengthWords,
        model.strength.map { decimals($0.rating, 0) }, model.recordWords, model.winRate?.words,
        model.lengthControlledWinRate?.words, model.pValueWords,
      ]
      table.append([.init(model.name)] + cells.map { .init($0 ?? NumberLabel.none) })
    }
    return table
  }

  /// Every two models, where the baseline is not one of all pairs.
  private var pairs: [ReportBlock] {
    guard result.models.count > 2 else { return [] }
    var table = ReportTable([
      .words("model"), .words("against"), .numbers("wins"), .numbers("ties"), .numbers("losses"),
    ])
    for pair in result.pairs {
      table.append(
        [.init(pair.first), .init(pair.second)]
          + [pair.record.wins, pair.record.ties, pair.record.losses].map {
            .init(NumberLabel.grouped($0))
          })
    }
    return [.table(table)]
  }
}
