import Oversight

/// What became of the steps of many revisions.
struct RevisionSummary {
  /// The steps of one number.
  struct Step {
    var counts: [RevisedAnswer.Step.Outcome: Int] = [:]
    /// Scores of the answers after it.
    var scores: [Double] = []
  }

  private let steps: [Step]
  private let initialScore: Double?

  /// Counts.
  init(_ answers: [RevisedAnswer]) {
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    initialScore = mean(answers.compactMap(\.initialScore))
    steps = (0..<(answers.map(\.steps.count).max() ?? 0)).map { number in
      var step = Step()
      for answer in answers {
        step.counts[answer.steps[number].outcome, default: 0] += 1
        let last = answer.steps[...number].last { $0.outcome == .revised }
        if let score = last?.score ?? answer.initialScore { step.scores.append(score) }
      }
      return step
    }
  }

  /// One line a revision.
  var table: Table {
    var table = Table(
      .init("revision", .right), .init("revised", .right), .init("unchanged", .right),
      .init("empty", .right), .init("worse", .right), .init("mean reward", .right))
    func number(_ value: Double?) -> String {
      value.map { NumberText.significant($0, digits: 4) } ?? "–"
    }
    if initialScore != nil { table.append("–", "", "", "", "", number(initialScore)) }
    for (index, step) in steps.enumerated() {
      func count(_ outcome: RevisedAnswer.Step.Outcome) -> String {
        NumberText.grouped(step.counts[outcome] ?? 0)
      }
      let mean = step.scores.isEmpty ? nil : step.scores.reduce(0, +) / Double(step.scores.count)
      table.append(
        "\(index + 1)", count(.revised), count(.unchanged), count(.empty), count(.worse),
        number(mean))
    }
    return table
  }

  /// The same for `--json`.
  var report: JSONReport {
    var report = JSONReport()
    report.add(
      "revisions",
      steps.map { step in
        var row = JSONReport()
        for outcome in RevisedAnswer.Step.Outcome.allCases {
          row.add(outcome.rawValue, step.counts[outcome] ?? 0)
        }
        return row
      })
    return report
  }
}
