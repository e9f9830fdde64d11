internal import Reports

/// Whether the model is right as often as it says.
struct CalibrationSection {
  let calibration: CalibrationResult

  var section: ReportSection {
    var blocks: [ReportBlock] = [
      .paragraph(
        "A margin m says that the better completion is preferred with probability σ(m). The "
          + "expected calibration error of a perfectly calibrated model is not 0 but "
          + "\(decimals(calibration.all.chanceMean)) on average with so many comparisons, and below "
          + "\(decimals(calibration.all.chancePercentile95)) in 95 % of cases: only more than that "
          + "is evidence of miscalibration."),
      .figures(figures), .table(table),
    ]
    if let scaling = calibration.scaling {
      blocks.append(
        .paragraph(
          "The temperature \(NumberLabel.significant(scaling.temperature)) was fitted on "
            + "\(NumberLabel.grouped(scaling.fittedOn)) comparisons and tested on the "
            + "\(NumberLabel.grouped(scaling.after.count)) of other prompts. Above 1 the model is "
            + "overconfident, below 1 it is too modest."))
    }
    if let note = calibration.scalingNote {
      blocks.append(.note("No temperature was fitted: \(note)."))
    }
    return ReportSection("Calibration", blocks)
  }

  private var figures: [ReportFigure] {
    var figures = [
      ReportFigure(
        "All comparisons",
        summary:
          "Accuracy by confidence, with intervals of 95 %; dashed: a calibrated model. Below "
          + "the dashes the model is overconfident.",
        chart: .reliability(ReliabilityChart([series("all", calibration.all)])))
    ]
    if let scaling = calibration.scaling {
      figures.append(
        ReportFigure(
          "With a temperature, on the other half",
          summary:
            "The half of the prompts that the temperature was not fitted on, before and after.",
          chart: .reliability(
            ReliabilityChart([
              series("as it is", scaling.before),
              series("temperature \(NumberLabel.significant(scaling.temperature))", scaling.after),
            ]))))
    }
    return figures
  }

  private func series(
    _ name: String, _ measure: CalibrationResult.Measure
  ) -> ReliabilityChart.Series {
    .init(
      name,
      measure.bins.map {
        .init(
          confidence: $0.confidence, accuracy: $0.accuracy.value, lower: $0.accuracy.lower,
          upper: $0.accuracy.upper, count: $0.accuracy.count)
      })
  }

  private var table: ReportTable {
    var table = ReportTable([
      .words("comparisons"), .numbers("calibration error"), .numbers("95 % of chance"),
      .numbers("mean confidence"), .numbers("accuracy"), .numbers("Brier score"),
      .numbers("negative log likelihood"),
    ])
    func append(_ name: String, _ measure: CalibrationResult.Measure) {
      table.append([
        .init(name),
        .init(
          decimals(measure.expectedCalibrationError),
          tone: measure.isMiscalibrated ? .caution : .good),
        .init(decimals(measure.chancePercentile95)),
        .init(NumberLabel.percent(measure.meanConfidence)),
        .init(NumberLabel.percent(measure.accuracy)), .init(decimals(measure.brierScore)),
        .init(decimals(measure.negativeLogLikelihood)),
      ])
    }
    append("all", calibration.all)
    if let scaling = calibration.scaling {
      append("other half, as it is", scaling.before)
      append("other half, with the temperature", scaling.after)
    }
    return table
  }
}
