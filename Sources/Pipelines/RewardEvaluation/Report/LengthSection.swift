internal import LanguageModels
internal import Reports

/// What length has to do with scores, and what a correction does about it.
struct LengthSection {
  let result: RewardEvaluationResult

  var section: ReportSection {
    var blocks: [ReportBlock] = [.paragraph(opening), .figures([scatter, accuracy])]
    if let preference = result.length.preference, let lower = result.length.preferenceLower,
      let upper = result.length.preferenceUpper
    {
      blocks.append(
        .paragraph(
          "Beside the model’s margin, length says about the choice: "
            + "\(decimals(preference, 2)) (\(decimals(lower, 2)) to \(decimals(upper, 2))) log odds "
            + "for one root mean square of the length difference. Above 0 the judges like length "
            + "more than the model does, below 0 the model likes it more."))
    }
    if let correction = result.correction {
      blocks += [.paragraph(words(correction)), .table(table(correction))]
    }
    return ReportSection("Length", blocks)
  }

  private var opening: String {
    if let stored = result.storedCorrection {
      return "The model takes \(NumberLabel.significant(stored.slope)) a token off its scores, as "
        + "its reward_model.json says. All scores below are what remains."
    }
    return "Long completions may be better, or merely long. Within a prompt, and given the gold "
      + "scores where there are any, a correlation of score and length hints at a bias."
  }

  private var scatter: ReportFigure {
    let points = result.length.points
    return ReportFigure(
      "Score and length",
      summary: "\(NumberLabel.grouped(points.count)) completions"
        + (result.length.correlations.pearson.map {
          "; Pearson’s r over all is \(decimals($0, 2))"
        } ?? "") + ".",
      chart: .scatter(
        ScatterChart(
          [
            ChartSeries("completions", points.map { ChartPoint(x: Double($0.tokens), y: $0.score) })
          ], x: ChartAxis("tokens of the completion", format: .count), y: ChartAxis("score"),
          trend: trend(points))))
  }

  /// The least squares line of score on length.
  private func trend(_ points: [LengthResult.Point]) -> TrendLine? {
    let count = Double(points.count)
    guard count > 1 else { return nil }
    let x = points.reduce(0) { $0 + Double($1.tokens) } / count
    let y = points.reduce(0) { $0 + $1.score } / count
    let square = points.reduce(0) { $0 + (Double($1.tokens) - x) * (Double($1.tokens) - x) }
    guard square > 0 else { return nil }
    let slope = points.reduce(0) { $0 + (Double($1.tokens) - x) * ($1.score - y) } / square
    return TrendLine(intercept: y - slope * x, slope: slope)
  }

  private var accuracy: ReportFigure {
    let rows = [
      ("chosen is longer", result.length.chosenLonger),
      ("chosen is shorter", result.length.chosenShorter),
      ("lengths within 10 %", result.length.lengthMatched),
    ]
    return ReportFigure(
      "Accuracy by which completion is longer",
      summary:
        "A model that likes length is right above and wrong below; the third row does not let "
        + "length help.",
      chart: .intervals(
        IntervalChart(
          rows.compactMap { name, share in
            share.map { $0.row("\(name) (\(NumberLabel.grouped($0.count)))") }
          }, axis: ChartAxis("accuracy", format: .percent), reference: 0.5)))
  }

  private func words(_ correction: CorrectionResult) -> String {
    "A correction takes \(NumberLabel.significant(correction.correction.slope)) a token off, counted "
      + "from \(NumberLabel.fixed(correction.correction.origin, decimals: 1)) tokens. Its slope was "
      + "fitted within prompts on \(NumberLabel.grouped(correction.fittedOn)) completions; the table "
      + "shows \(NumberLabel.grouped(correction.testedOn)) others, without any correction and with it."
  }

  private func table(_ correction: CorrectionResult) -> ReportTable {
    var table = ReportTable([.words("measure"), .numbers("before"), .numbers("after")])
    for (before, after) in zip(correction.before.named, correction.after.named)
    where before.value != nil || after.value != nil {
      table.append([
        .init("correlation, \(before.name)"), .init(decimals(before.value, 2)),
        .init(decimals(after.value, 2)),
      ])
    }
    if let before = correction.accuracyBefore, let after = correction.accuracyAfter {
      table.append([.init("accuracy"), .init(before.words), .init(after.words)])
    }
    return table
  }
}
