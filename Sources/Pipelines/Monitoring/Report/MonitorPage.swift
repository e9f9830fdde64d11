internal import Evaluations
internal import Monitoring
#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
public import Reports

/// A window of responses beside its baseline, as a page with charts.
public struct MonitorPage: Sendable {
  private let result: MonitorResult
  private var report: DriftReport { result.report }

  /// A page of a result.
  ///
  /// - Parameter result: The result.
  public init(_ result: MonitorResult) { self.result = result }

  /// The page.
  ///
  /// - Parameter footer: What made the page.
  /// - Returns: A page whose charts and words are all of the result.
  public func page(footer: String) -> HTMLPage {
    HTMLPage(
      title: "Alignment monitor", subtitle: "\(result.current) against \(result.baseline)",
      opening: [
        .note(result.headline, tone: tone),
        .tiles(tiles),
      ]
        + result.alerts.map { .note("\($0)", tone: $0.rule.severity == .info ? .plain : .alarming) },
      sections: [
        MonitorMetricSection(report: report).section, findings,
        MonitorCourseSection(report: report).section, users, examples, data,
      ].compactMap { $0 }, footer: footer)
  }

  private var tone: ReportTone {
    if report.behaviour.isEmpty { return .caution }
    return report.behaviourDrifts.isEmpty ? .good : .alarming
  }

  private var tiles: [ReportTile] {
    func tile(_ metric: String, _ title: String) -> ReportTile? {
      guard let now = report.current[metric] else { return nil }
      let before = report.baseline[metric].map { MonitorMetricSection.words($0.mean, of: $0) }
      return ReportTile(
        title, MonitorMetricSection.words(now.mean, of: now),
        detail: before.map { "\($0) in the baseline" } ?? "")
    }
    let counts = [
      ReportTile(
        "drifts of behaviour", "\(report.behaviourDrifts.count)",
        detail: "of \(report.behaviour.count) tested",
        tone: tone),
      ReportTile(
        "drifts of what users ask", "\(report.covariateDrifts.count)",
        detail: "of \(report.covariates.count) tested",
        tone: report.covariates.isEmpty || !report.covariateDrifts.isEmpty ? .caution : .good),
    ]
    return counts
      + [
        tile("reward_mean", "mean reward"), tile("toxicity", "toxicity"),
        tile("length", "words an answer"),
      ].compactMap { $0 }
  }

  private var findings: ReportSection {
    var blocks: [ReportBlock] = [
      .paragraph(
        "Each measure is compared among responses to questions of the same topic, the baseline’s topics weighted as "
          + "they are now, and tested by exchange of questions within topics. A drift is significant after Holm’s "
          + "correction and of a size that matters.")
    ]
    blocks += Self.table(report.behaviour, of: "what the model does")
    blocks += report.untested.map { .note("\($0.sentence.capitalizedFirst).", tone: .caution) }
    if !report.changes.isEmpty {
      var table = ReportTable([
        .words("measure"), .words("went"), .numbers("since response"), .words("at"),
        .numbers("seen at response"), .words("by"),
      ])
      for change in report.changes {
        table.append([
          .init(change.title), .init(change.direction == .rise ? "up" : "down"),
          .init(NumberLabel.grouped(change.onset)),
          .init(change.onsetTime?.formatted(.iso8601) ?? NumberLabel.none),
          .init(NumberLabel.grouped(change.position)),
          .init(change.detector == .cumulativeSum ? "cumulative sum" : "Page–Hinkley"),
        ])
      }
      blocks += [
        .paragraph(
          "Along the window, in the order of time, these left the baseline; the first response is a guess at where."
        ),
        .table(table),
      ]
    }
    return ReportSection("What has drifted", blocks)
  }

  /// A table of findings; none where nothing was tested.
  private static func table(_ findings: [MonitorFinding], of subject: String) -> [ReportBlock] {
    var table = ReportTable([
      .words(subject), .words("test"), .numbers("effect"), .numbers("matters from"),
      .numbers("p"), .numbers("p, corrected"), .words("verdict"),
    ])
    for finding in findings { table.append(cells(finding)) }
    return findings.isEmpty ? [] : [.table(table)]
  }

  private static func cells(_ finding: MonitorFinding) -> [ReportTable.Cell] {
    let test =
      switch finding.test {
      case .wasserstein: "Wasserstein, in deviations"
      case .share: "share, relative change"
      case .discrepancy: "squared discrepancy"
      case .stability: "stability index"
      case .classifier: "area above ½ of a classifier"
      case .wins: "wins above ½"
      }
    func probability(_ value: Double) -> String {
      value < 0.001 ? "<0.001" : NumberLabel.fixed(value, decimals: 3)
    }
    let effect =
      abs(finding.effect) == .greatestFiniteMagnitude
      ? "from nothing" : NumberLabel.fixed(finding.effect, decimals: 3)
    return [
      .init(finding.title), .init(test), .init(effect),
      .init(NumberLabel.fixed(finding.limit, decimals: 3)), .init(probability(finding.pValue)),
      .init(probability(finding.adjustedPValue)),
      .init(finding.isDrift ? "drift" : "no drift", tone: finding.isDrift ? .alarming : .plain),
    ]
  }

  private var users: ReportSection {
    var topics = ReportTable([
      .words("topic"), .numbers("baseline"), .numbers("window"), .words(""),
    ])
    for topic in report.topics {
      topics.append([
        .init(topic.name), .init(NumberLabel.percent(topic.baseline)),
        .init(NumberLabel.percent(topic.current)),
        .init(topic.isCompared ? "" : "too few in the baseline, not compared"),
      ])
    }
    var blocks: [ReportBlock] = [
      .paragraph(
        "Topics are learned from the baseline’s questions. That users ask for other things is no drift of the model, and "
          + "is tested by itself.")
    ]
    blocks += Self.table(report.covariates, of: "what users ask")
    blocks += [
      .figures([
        ReportFigure(
          "Mix of topics, window", summary: "The share of its different questions.",
          chart: .bars(
            BarChart(
              report.topics.map { .init($0.name, $0.current) },
              axis: ChartAxis("share", format: .percent, range: 0...0.1)))),
        ReportFigure(
          "Mix of topics, baseline", summary: "Of those that topics were not learned from.",
          chart: .bars(
            BarChart(
              report.topics.map { .init($0.name, $0.baseline) },
              axis: ChartAxis("share", format: .percent, range: 0...0.1)))),
      ]),
      .table(topics),
      .paragraph(
        "\(NumberLabel.percent(report.unfamiliarShare)) of the window’s questions are unlike any of the baseline. "
          + "\(NumberLabel.grouped(report.leftOut)) responses have nothing there to be compared with, and are left out "
          + "of what is said of the model."),
    ]
    if !report.unfamiliarQuestions.isEmpty {
      blocks.append(
        .details("Questions unlike the baseline’s", report.unfamiliarQuestions.map { .code($0) }))
    }
    return ReportSection("What users ask", blocks)
  }

  private var examples: ReportSection? {
    guard !report.examples.isEmpty else { return nil }
    return ReportSection(
      "Responses that are farthest from the baseline",
      [
        .samples(
          report.examples.map { example in
            ReportSample(
              prompt: example.prompt,
              answers: [
                .init(
                  example.title, example.completion,
                  detail: "\(NumberLabel.significant(example.value)), "
                    + "\(NumberLabel.fixed(example.deviations, decimals: 1)) deviations from its topic"
                    + (example.place.map { " · \($0)" } ?? ""))
              ])
          })
      ])
  }

  private var data: ReportSection {
    var facts = [
      ReportFact("Baseline", result.baseline),
      ReportFact("Its responses", NumberLabel.grouped(report.baseline.responses)),
      ReportFact("Its different questions", NumberLabel.grouped(report.baseline.questions)),
      ReportFact("Window", result.current),
      ReportFact("Its responses", NumberLabel.grouped(report.current.responses)),
      ReportFact("Its different questions", NumberLabel.grouped(report.current.questions)),
      ReportFact("Level of each family", NumberLabel.percent(report.settings.level)),
      ReportFact("Seed", "\(report.settings.seed)"),
    ]
    if let distance = report.frechetDistance {
      facts.append(ReportFact("Fréchet distance of hidden states", decimals(distance)))
    }
    if let canary = result.canary {
      facts.append(
        ReportFact(
          "Fixed prompts: wins, ties, losses", "\(canary.wins), \(canary.ties), \(canary.losses)"))
    }
    return ReportSection(
      "Data",
      [.facts(facts)] + report.notes.map { .note("\($0.capitalizedFirst).") }
    )
  }
}
