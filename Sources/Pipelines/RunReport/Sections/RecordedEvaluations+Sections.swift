internal import Reports

extension RecordedEvaluations {
  /// What was measured afterwards, a section each.
  var sections: [ReportSection] {
    [
      reward.map { AccuracySection(result: $0).section },
      reward?.calibration.map { CalibrationSection(calibration: $0).section },
      perplexity?.section, comparison?.section, counts,
    ].compactMap { $0 }
  }
}

extension PerplexityResult {
  fileprivate var section: ReportSection {
    var table = ReportTable([
      .words("texts"), .numbers("documents"), .numbers("tokens"), .numbers("perplexity"),
      .numbers("95 %"), .numbers("nats a token"), .numbers("nats a character"),
    ])
    for measure in kinds + [overall] {
      let interval = measure.perplexityInterval
      table.append([
        .init(measure.name), .init(NumberLabel.grouped(measure.documents)),
        .init(NumberLabel.grouped(measure.tokens)),
        .init(NumberLabel.significant(measure.perplexity)),
        .init(
          "\(NumberLabel.significant(interval.lower)) to \(NumberLabel.significant(interval.upper))"
        ),
        .init(NumberLabel.significant(measure.natsPerToken)),
        .init(measure.natsPerCharacter.map { NumberLabel.significant($0) } ?? NumberLabel.none),
      ])
    }
    return ReportSection(
      "Perplexity", [.paragraph("On \(data.joined(separator: ", "))."), .table(table)])
  }
}

extension ModelComparisonResult {
  fileprivate var section: ReportSection {
    let answers = sampling.completions == 1 ? "once" : "\(sampling.completions) times"
    let parts = [
      ComparisonScoreSection(result: self).section, ComparisonWinSection(result: self).section,
      ComparisonTextSection(result: self).section,
    ]
    return ReportSection(
      "Beside other models",
      [
        .paragraph(
          "\(NumberLabel.grouped(prompts)) prompts, each answered \(answers) by each model; who is better is "
            + "decided by \(judge).")
      ] + parts.flatMap { $0?.blocks ?? [] })
  }
}

extension RecordedEvaluations {
  /// What was counted elsewhere: by people, or by a classifier.
  fileprivate var counts: ReportSection? {
    var facts: [ReportFact] = []
    if let safety {
      facts.append(
        ReportFact(
          "Safe answers",
          "\(NumberLabel.percent(safety.passRate)) of \(NumberLabel.grouped(safety.count))"))
    }
    if let satisfaction {
      let interval =
        if let lower = satisfaction.lower, let upper = satisfaction.upper {
          " (\(NumberLabel.significant(lower)) to \(NumberLabel.significant(upper)))"
        } else { "" }
      facts.append(
        ReportFact(
          "Satisfaction, 1 to 5",
          "\(NumberLabel.significant(satisfaction.mean))\(interval), "
            + "\(NumberLabel.grouped(satisfaction.count)) ratings"))
    }
    return facts.isEmpty ? nil : ReportSection("Safety and satisfaction", [.facts(facts)])
  }
}
