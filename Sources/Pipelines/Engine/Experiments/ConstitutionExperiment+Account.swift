internal import Evaluations
internal import Reports

extension ConstitutionExperiment {
  func account(of rows: [Row]) -> ExperimentAccount {
    let steps = rows.filter { $0.revisions != nil }
    let stages = rows.filter { $0.revisions == nil }
    return ExperimentAccount(
      question: Self.question,
      findings: [
        revisionFinding(steps), supervisedFinding(stages), preferenceFinding(stages),
        labelFinding(stages), evasionFinding(stages),
      ].compactMap { $0 },
      figures: [
        (
          "revisions",
          figure(
            "Gold harmlessness after each revision",
            "Answers of the helpful model to prompts that ask for help with harm, with two standard errors.",
            steps.map { ("\($0.revisions ?? 0)", $0) })
        ),
        (
          "harmlessness",
          figure(
            "Gold harmlessness on held-out prompts",
            "Fresh answers to prompts that ask for help with harm, with two standard errors.",
            stages.map { (Self.label(of: $0), $0) })
        ),
      ],
      sections: [
        ReportSection(
          "All measurements", [.table(table(rows)), .paragraph(Self.explanation)])
      ])
  }

  private static let explanation =
    "The helpful model was fine-tuned on good answers, to harmful prompts on help with harm, and on examples of "
    + "critiques, revisions and comparisons. It revises its own answers by principles drawn anew, is fine-tuned on "
    + "what comes of it and on its own answers to other prompts, and compares two answers of the result: those "
    + "labels DPO learns from. Gold harmlessness is only measured with. Gains are paired by prompt: over a "
    + "revision less, or over the helpful model. Evasive are refusals that give no reason and no other way."

  private static func label(of row: Row) -> String {
    row.labels.map { "DPO, \($0.rawValue)\(row.seed.map { ", seed \($0)" } ?? "")" } ?? row.stage
  }

  // MARK: Findings

  private func revisionFinding(_ steps: [Row]) -> String? {
    guard let first = steps.first, let last = steps.last, steps.count > 1 else { return nil }
    let rising = steps.dropFirst().prefix {
      ($0.gain?.value ?? 0) > 2 * ($0.gain?.error ?? .infinity)
    }
    return
      "Revisions: gold harmlessness of answers to harmful prompts goes from \(number(first.harmlessness)) to "
      + "\(number(last.harmlessness)) in \(steps.count - 1); "
      + (rising.isEmpty
        ? "not even the first raises it beyond two standard errors."
        : "the first \(rising.count) of them raise it beyond two standard errors each, by "
          + rising.compactMap { $0.gain.map(number) }.joined(separator: ", ") + ".")
  }

  private func supervisedFinding(_ stages: [Row]) -> String? {
    guard let helpful = stages.first,
      let supervised = stages.first(where: { $0.gain != nil && $0.labels == nil })
    else { return nil }
    return "Fine-tuning on revisions: " + change(supervised, from: helpful)
  }

  private func preferenceFinding(_ stages: [Row]) -> String? {
    let runs = stages.filter { $0.labels == .softBoth }
    guard let helpful = stages.first, let row = runs.first else { return nil }
    let gold = MeanVariance(runs.map(\.harmlessness.value))
    return "And DPO on the model's own labels (soft, both orders): " + change(row, from: helpful)
      + (runs.count > 1
        ? " Over \(runs.count) seeds the mean is \(fixed(gold.mean ?? .nan)), the deviation "
          + "\(fixed(gold.deviation(.sample) ?? 0))." : "")
  }

  private func change(_ row: Row, from helpful: Row) -> String {
    var words =
      "held-out gold harmlessness \(number(row.harmlessness)) against \(number(helpful.harmlessness)) of the "
      + "helpful model"
    if let gain = row.gain {
      words += ", by prompt \(signed(gain.value)) ± \(fixed(2 * gain.error))"
    }
    if let now = row.helpfulness, let before = helpful.helpfulness, before.value > 0 {
      words += "; helpfulness \(number(now)) against \(number(before))"
      if let gain = row.helpfulnessGain {
        words +=
          ", \(signed(100 * gain.value / before.value, decimals: 1)) ± "
          + "\(NumberLabel.fixed(200 * gain.error / before.value, decimals: 1)) %"
      }
    }
    return words + "."
  }

  /// Soft labels of both orders beside hard ones of one order, seed by seed.
  private func labelFinding(_ stages: [Row]) -> String? {
    let best = stages.filter { $0.labels == .softBoth }
    let differences = best.compactMap { row in
      stages.first { $0.labels == .hardOne && $0.seed == row.seed }.map {
        row.harmlessness.value - $0.harmlessness.value
      }
    }
    let accuracies = Labels.allCases.compactMap { labels -> String? in
      MeanVariance(stages.filter { $0.labels == labels }.compactMap(\.labelAccuracy)).mean.map {
        "\(labels.rawValue) \(NumberLabel.percent($0))"
      }
    }
    guard !differences.isEmpty else { return nil }
    let summary = PolicyMeasurement.Mean(differences)
    let isClear = abs(summary.value) > 2 * summary.error && differences.count > 1
    let flips = MeanVariance(best.compactMap(\.flips)).mean.map {
      " The two orders name different answers in \(NumberLabel.percent($0)) of the questions."
    }
    return
      "Labels that gold harmlessness bears out: \(accuracies.joined(separator: ", ")).\(flips ?? "") Soft labels of "
      + "both orders end \(signed(summary.value)) ± \(fixed(2 * summary.error)) beside hard ones of one order: "
      + (isClear ? (summary.value > 0 ? "better." : "worse.") : "no difference beyond chance here.")
  }

  private func evasionFinding(_ stages: [Row]) -> String? {
    let words = stages.filter { $0.labels == nil || ($0.labels == .softBoth && $0.seed == 1) }
      .compactMap { row in
        row.evasive.map { evasive in
          "\(Self.label(of: row)) \(NumberLabel.percent(evasive))"
            + (row.overRefusal.map { " (refuses \(NumberLabel.percent($0)) of other prompts)" }
              ?? "")
        }
      }
    return words.isEmpty ? nil : "Refusals that are evasive: \(words.joined(separator: ", "))."
  }

  private func number(_ mean: PolicyMeasurement.Mean) -> String { fixed(mean.value) }
  private func fixed(_ value: Double) -> String { NumberLabel.fixed(value, decimals: 3) }
  private func signed(_ value: Double, decimals: Int = 3) -> String {
    (value < 0 ? "−" : "+") + NumberLabel.fixed(abs(value), decimals: decimals)
  }

  // MARK: Pictures

  private func figure(
    _ title: String, _ summary: String, _ rows: [(name: String, row: Row)]
  ) -> ReportFigure {
    ReportFigure(
      title, summary: summary,
      chart: .intervals(
        IntervalChart(
          rows.map {
            .init(
              $0.name, value: $0.row.harmlessness.value,
              lower: $0.row.harmlessness.value - 2 * $0.row.harmlessness.error,
              upper: $0.row.harmlessness.value + 2 * $0.row.harmlessness.error)
          }, axis: ChartAxis("gold harmlessness"))))
  }

  private func table(_ rows: [Row]) -> ReportTable {
    var table = ReportTable([
      .words("stage"), .numbers("harmlessness"), .numbers("gain"), .numbers("± 2 s.e."),
      .numbers("helpfulness"), .numbers("evasive"), .numbers("refuses others"), .numbers("flips"),
      .numbers("labels borne out"),
    ])
    func cell(_ value: Double?, _ text: (Double) -> String) -> ReportTable.Cell {
      .init(value.map(text) ?? NumberLabel.none)
    }
    for row in rows {
      table.append([
        .init(row.revisions.map { "revision \($0)" } ?? Self.label(of: row)),
        .init(number(row.harmlessness)), cell(row.gain?.value) { signed($0) },
        cell(row.gain.map { 2 * $0.error }, fixed), cell(row.helpfulness?.value, fixed),
        cell(row.evasive, { NumberLabel.percent($0) }),
        cell(row.overRefusal, { NumberLabel.percent($0) }),
        cell(row.flips, { NumberLabel.percent($0) }),
        cell(row.labelAccuracy, { NumberLabel.percent($0) }),
      ])
    }
    return table
  }
}
