internal import Reports

/// What the members of an ensemble make of it.
struct EnsembleSection {
  let ensemble: EnsembleResult

  var section: ReportSection {
    var text =
      "Members disagree most on what they have not seen. The mean variance over the "
      + "\(ensemble.members) members is \(NumberLabel.significant(ensemble.meanVariance))."
    if let detection = ensemble.errorDetection {
      text +=
        " A wrong comparison has more variance than a right one with probability "
        + "\(decimals(detection, 2)); ½ would say that variance tells no errors."
    }
    return ReportSection(
      "Ensemble",
      [
        .paragraph(text),
        .figure(
          ReportFigure(
            "Members alone and together",
            summary: "Accuracy with intervals of 95 %; dashed: guessing.",
            chart: .intervals(
              IntervalChart(
                ensemble.accuracies.map {
                  $0.accuracy.row($0.name, $0.name.hasPrefix("member") ? .faint : .usual)
                }, axis: ChartAxis("accuracy", format: .percent), reference: 0.5)))),
      ])
  }
}
