internal import AnnotationStore
internal import Evaluations
internal import Foundation
internal import Reports

/// What an administrator sees of a project.
struct AdminPage {
  let overview: ProjectOverview
  let viewer: Viewer
  /// The link of an invitation that was just made; it is shown this once.
  var link: String?

  private var progress: ProjectProgress { overview.progress }

  func rendered() -> String {
    PageFrame(title: "Project", viewer: viewer, place: .admin).rendered(
      .element("h1", [:], .text(overview.settings.name)), tiles, invitation,
      section("Annotators", annotators), people, section("Agreement", agreementBlocks),
      section("Models", models), section("To take with you", []), exports,
      section("How the project asks", []), changes)
  }

  private func section(_ title: String, _ blocks: [ReportBlock]) -> Markup {
    blocks.enumerated().reduce(into: Markup.element("h2", [:], .text(title))) { markup, block in
      markup += block.element.markup(id: "\(title.prefix(3))\(block.offset)")
    }
  }

  private var tiles: Markup {
    let filled = progress.slots == 0 ? 0 : Double(progress.filled) / Double(progress.slots)
    return ReportBlock.tiles([
      ReportTile(
        "Answers", "\(progress.filled)",
        detail: "of \(progress.slots) needed, \(NumberLabel.percent(filled))"),
      ReportTile("Tasks complete", "\(progress.complete)", detail: "of \(progress.tasks)"),
      ReportTile(
        "Waiting for a decision", "\(max(0, progress.disagreeing - progress.ruled))",
        detail: "\(progress.flagged) flagged, \(progress.ruled) decided"),
      ReportTile(
        "At work", "\(progress.open)",
        detail: "tasks are open, \(progress.goldTasks) have known answers"),
    ]).markup(id: "tiles")
  }

  private var annotators: [ReportBlock] {
    var table = ReportTable([
      .words("name"), .words("role"), .numbers("judgments"), .numbers("doubtful"),
      .numbers("median seconds"), .numbers("confidence"), .numbers("known answers right"),
      .numbers("skipped"), .words("state"),
    ])
    for person in progress.annotators {
      table.append([
        .init(person.name), .init(person.role.rawValue), .init("\(person.judgments)"),
        .init(
          "\(person.doubtful)", tone: person.doubtful * 2 > person.judgments ? .caution : .plain),
        .init(person.medianSeconds.map { NumberLabel.fixed($0, decimals: 0) } ?? NumberLabel.none),
        .init(person.confidence.map { NumberLabel.fixed($0, decimals: 2) } ?? NumberLabel.none),
        .init(
          person.gold == 0
            ? NumberLabel.none : "\(person.gold - person.goldWrong) of \(person.gold)"),
        .init("\(person.skipped)"),
        .init(
          person.pauseReason.map { "paused: \($0)" } ?? "may work",
          tone: person.pauseReason == nil ? .plain : .caution),
      ])
    }
    return [.table(table)]
  }

  private var people: Markup {
    let names = progress.annotators.map { person in
      Markup.element("option", ["value": person.name], .text(person.name))
    }
    return Form(action: "/admin/pause", viewer: viewer, className: "inline").markup(
      .element(
        "p", ["class": "field"], .element("label", ["for": "who"], .text("Who")),
        .element("select", ["id": "who", "name": "name"], names)),
      .element(
        "p", ["class": "field"],
        .element("label", ["for": "why"], .text("Why paused (empty: may go on)")),
        .void("input", ["id": "why", "name": "reason", "autocomplete": "off"])),
      .element("button", ["type": "submit", "class": "quiet"], .text("Pause or resume")))
  }

  private var invitation: Markup {
    let made =
      link.map { link in
        Markup.element(
          "div", ["class": "note tone-good"],
          .element(
            "p", [:],
            .text("The invitation is good once, for a week. It is shown only now; send it on:")),
          .element("p", ["class": "secret"], .text(link)))
      } ?? .empty
    let roles = Role.allCases.map { role in
      Markup.element("option", ["value": role.rawValue], .text(role.rawValue))
    }
    return .element("h2", [:], .text("Invite")) + made
      + Form(action: "/admin/invite", viewer: viewer, className: "inline").markup(
        .element(
          "p", ["class": "field"], .element("label", ["for": "role"], .text("Role")),
          .element("select", ["id": "role", "name": "role"], roles)),
        .element(
          "p", ["class": "field"], .element("label", ["for": "note"], .text("For whom")),
          .void("input", ["id": "note", "name": "note", "autocomplete": "off"])),
        .element("button", ["type": "submit", "class": "quiet"], .text("Make a link")))
  }

  private var agreementBlocks: [ReportBlock] {
    guard !overview.agreement.isEmpty else {
      return [.paragraph("No task has two judgments yet.")]
    }
    var table = ReportTable([
      .words("question"), .words("level"), .numbers("items"), .numbers("percent"),
      .numbers("Krippendorff's α"), .numbers("Fleiss' κ"), .numbers("Gwet's AC1"),
    ])
    func text(_ estimate: AgreementEstimate?) -> ReportTable.Cell {
      guard let estimate else { return .init(NumberLabel.none) }
      var words = NumberLabel.fixed(estimate.value, decimals: 3)
      if let lower = estimate.lower, let upper = estimate.upper {
        words +=
          " (\(NumberLabel.fixed(lower, decimals: 2)) to \(NumberLabel.fixed(upper, decimals: 2)))"
      }
      return .init(words)
    }
    for question in overview.agreement {
      let summary = question.summary
      table.append([
        .init(question.question), .init(summary.level.rawValue), .init("\(summary.pairedItems)"),
        .init(summary.percentAgreement.map { NumberLabel.percent($0.value) } ?? NumberLabel.none),
        text(summary.krippendorffAlpha), text(summary.fleissKappa), text(summary.gwetAC1),
      ])
    }
    var blocks: [ReportBlock] = [.table(table)]
    let history = overview.agreementHistory
    if history.count > 1 {
      let total = history.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.tasks) }.dropFirst()
      func figure(
        _ title: String, _ axis: ChartAxis, _ value: (AgreementPeriod) -> Double, _ words: String
      ) -> ReportFigure {
        let points = zip(total, history).map { ChartPoint(x: Double($0), y: value($1)) }
        return ReportFigure(
          title, summary: words,
          chart: .lines(
            LineChart([ChartSeries(title, points)], x: ChartAxis("tasks"), y: axis)))
      }
      blocks.append(
        .figures([
          figure(
            "Agreement", ChartAxis("share of pairs that agree", format: .percent, range: 0...1),
            \.percentAgreement, "Tasks in the order in which they were completed."),
          figure(
            "Time for a task", ChartAxis("median active seconds"), \.medianSeconds,
            "Idle time and hidden tabs are left out."),
        ]))
    }
    return blocks
  }

  private var models: [ReportBlock] {
    guard let ranking = overview.ranking else {
      return [.paragraph("No responses of different models were compared.")]
    }
    var table = ReportTable([
      .words("model"), .numbers("strength"), .numbers("wins / ties / losses"),
    ])
    for entry in ranking.entries {
      let interval =
        if let lower = entry.lower, let upper = entry.upper {
          " (\(NumberLabel.fixed(lower, decimals: 2)) to \(NumberLabel.fixed(upper, decimals: 2)))"
        } else { "" }
      table.append([
        .init(entry.model), .init(NumberLabel.fixed(entry.strength, decimals: 2) + interval),
        .init("\(entry.wins) / \(entry.ties) / \(entry.losses)"),
      ])
    }
    return [
      .table(table),
      .paragraph(
        "Strengths of Bradley and Terry's model: log odds against a model of mean strength."),
    ]
  }

  private var exports: Markup {
    let links = ExportOptions.Format.allCases.map { format in
      Markup.element(
        "li", [:],
        .element("a", ["href": "/admin/export?format=\(format.rawValue)"], .text(format.rawValue)))
    }
    return .element("ul", [:], links)
      + .element(
        "p", ["class": "hint"],
        .text("All of this page as JSON: "),
        .element("a", ["href": "/api/project"], .text("/api/project")))
  }

  private var changes: Markup {
    Form(action: "/admin/overlap", viewer: viewer, className: "inline").markup(
      .element(
        "p", ["class": "field"],
        .element("label", ["for": "overlap"], .text("People who judge a task")),
        .void(
          "input",
          [
            "id": "overlap", "name": "overlap", "type": "number", "min": "1", "max": "100",
            "value": "\(overview.settings.overlap)",
          ])), .element("button", ["type": "submit", "class": "quiet"], .text("Change")))
      + Form(action: "/admin/guidelines", viewer: viewer).markup(
        .element(
          "p", ["class": "field"],
          .element(
            "label", ["for": "text"],
            .text("Guidelines, version \(overview.guidelines.version) (Markdown)")),
          .element(
            "textarea", ["id": "text", "name": "text", "rows": "12"],
            .text(overview.guidelines.text))),
        .element("button", ["type": "submit", "class": "quiet"], .text("Make a new version")))
  }
}
