internal import Reports
public import WebSupport

/// What whoever runs a server sees of it: load, times, safety, the canary, alignment, alerts.
///
///     DashboardPage(snapshot, token: token).rendered()        // GET /
///     ServerSentEvent(DashboardPage.message(snapshot)).text   // GET /events, every other second
///
/// All numbers are on the page as it is sent, so that without a script a reload renews it. The script
/// renews them as messages come, and draws charts.
public struct DashboardPage: Sendable {
  private let snapshot: DashboardSnapshot
  private let token: CSRFToken
  private let notice: String?

  /// The page.
  ///
  /// - Parameters:
  ///   - snapshot: The server at this moment.
  ///   - token: The token of the session.
  ///   - notice: What became of what was asked last, such as a refusal; `nil` for nothing.
  public init(_ snapshot: DashboardSnapshot, token: CSRFToken, notice: String? = nil) {
    (self.snapshot, self.token, self.notice) = (snapshot, token, notice)
  }

  /// What renews a page: the content as JSON on one line.
  ///
  /// - Parameter snapshot: The server at this moment.
  /// - Returns: The data of an event.
  public static func message(_ snapshot: DashboardSnapshot) -> String {
    DashboardContent(snapshot).json
  }

  /// Where the form of a command is sent; it has the fields ``reasonField`` and ``sureField``.
  ///
  /// - Parameter command: The command.
  /// - Returns: A path.
  public static func path(of command: CanaryCommand.Kind) -> String {
    "/canary/\(command.rawValue)"
  }

  /// The name of the field with the reason of a command.
  public static let reasonField = "reason"
  /// The name of the field that says `yes` where the person is sure.
  public static let sureField = "sure"

  /// The page as a document.
  ///
  /// - Returns: HTML.
  public func rendered() -> String {
    let content = DashboardContent(snapshot)
    let models = snapshot.candidate.map { "\(snapshot.model), and \($0) on trial" }
    var parts: [Markup] = [
      .element("h1", [:], .text(models ?? snapshot.model)),
      .element(
        "p", ["class": "status"], text("time", in: content),
        .element("noscript", [:], .text(" · reload the page for newer numbers"))),
    ]
    if let notice {
      parts.append(.element("p", ["class": "note tone-caution", "role": "alert"], .text(notice)))
    }
    parts += [tiles(content), alerts(content)]
    parts.append(
      .element(
        "div", ["class": "figures"],
        figure("tokens-chart", "Tokens a second", unit: ""),
        figure("first-token-chart", "Time to the first token", unit: "s"),
        figure("requests-chart", "Requests", unit: "")))
    if snapshot.canary != nil { parts.append(canary(content)) }
    parts.append(alignment(content))
    parts.append(
      .element(
        "div", ["class": "pair"],
        section("Safety", [table(Self.safety, content)]),
        section("Feedback", [table(Self.feedback, content)])))
    return AdminFrame(title: "Dashboard", token: token, isLive: true).rendered(parts)
  }

  private func text(_ id: String, in content: DashboardContent, _ style: String = "") -> Markup {
    let shown = content.texts[id]
    return .element(
      "span",
      [
        "class": style.isEmpty ? nil : style, "data-text": id,
        "data-tone": shown?.tone,
      ], .text(shown?.text ?? NumberLabel.none))
  }

  private func section(_ title: String, _ content: [Markup]) -> Markup {
    .element("section", [:], [.element("h2", [:], .text(title))] + content)
  }

  private func table(_ table: DashboardTable, _ content: DashboardContent) -> Markup {
    table.markup(content.tables[table.id] ?? [])
  }

  private func tiles(_ content: DashboardContent) -> Markup {
    func tile(_ name: String, _ value: String, _ details: Markup...) -> Markup {
      .element(
        "li", [:], .element("span", ["class": "name"], .text(name)),
        text(value, in: content, "value"), .element("span", ["class": "detail"], details))
    }
    return .element(
      "ul", ["class": "tiles"],
      tile("Requests", "running", text("waiting", in: content)),
      tile("Tokens a second", "tokens", text("prompt-tokens", in: content)),
      tile("First token", "first-token", text("first-token-95", in: content)),
      tile("Whole answer", "request", text("request-95", in: content)),
      tile("Failed", "failed", text("responses", in: content)),
      tile("Key-value cache", "cache", .text("in use")),
      tile("Alerts", "alerts", .text("fire now")))
  }

  /// A chart, which the script draws.
  private func figure(_ id: String, _ title: String, unit: String) -> Markup {
    .element(
      "figure", ["id": id, "data-unit": unit, "hidden": ""],
      .element("h3", [:], .text(title)), .element("ul", ["class": "legend"], .empty),
      .element("div", ["class": "plot"], .empty), .element("figcaption", [:], .empty))
  }

  private func alerts(_ content: DashboardContent) -> Markup {
    section("Alerts", [table(Self.alertList, content)])
  }

  private func alignment(_ content: DashboardContent) -> Markup {
    section("Alignment", [table(Self.alignment, content)])
  }

  private func canary(_ content: DashboardContent) -> Markup {
    func fact(_ name: String, _ id: String) -> Markup {
      .element(
        "div", [:], .element("dt", [:], .text(name)),
        .element("dd", [:], text(id, in: content)))
    }
    return section(
      "Canary \(snapshot.canary?.experiment ?? "")",
      [
        .element(
          "dl", ["class": "facts"], fact("Phase", "phase"), fact("The candidate’s share", "share"),
          fact("Step", "step"), fact("Answered", "answered")),
        .element(
          "p", ["class": "hint"],
          .text(
            "Evidence that the candidate is worse, as the logarithm of an e-value, against the limit at "
              + "which it is rolled back.")),
        table(Self.guardrails, content),
        .element(
          "div", ["class": "commands"],
          CanaryCommand.Kind.allCases.map { command($0, content) }),
        .element("h3", [:], .text("Decisions")), table(Self.decisions, content),
      ])
  }

  /// A command in two steps: opened, and then confirmed.
  private func command(_ kind: CanaryCommand.Kind, _ content: DashboardContent) -> Markup {
    let words = kind.words
    var parts: [Markup] = []
    if kind.needsReason {
      parts.append(
        PageForm.field(
          "Why?", name: Self.reasonField, id: "\(kind.rawValue)-reason", autocomplete: "off",
          hint: "The log keeps it."))
    }
    parts += [
      .element(
        "label", ["class": "sure"],
        .void(
          "input", ["type": "checkbox", "name": Self.sureField, "value": "yes", "required": ""]),
        .element("span", [:], .text(words.consequence))),
      .element("button", ["type": "submit", "class": words.style], .text(words.title)),
    ]
    return .element(
      "details",
      [
        "data-command": kind.rawValue,
        "hidden": content.commands.contains(kind.rawValue) ? nil : "",
      ], .element("summary", [:], .text("\(words.title)…")),
      PageForm(action: Self.path(of: kind), hidden: [(CSRFToken.fieldName, token.text)])
        .markup(parts))
  }

  private static let alertList = DashboardTable(
    id: "alert-list", caption: "Alerts that fire",
    columns: [.words("since"), .words("alert")], nothing: "None.")
  private static let guardrails = DashboardTable(
    id: "guardrails", caption: "Evidence of each guardrail against its limit",
    columns: [
      .words("guardrail"), .words("of its limit"), .numbers("ln E"), .numbers("limit"),
      .numbers("bad, candidate"), .numbers("bad, control"),
    ], nothing: "No guardrails.")
  private static let decisions = DashboardTable(
    id: "decisions", caption: "Decisions, the latest first",
    columns: [.words("time"), .words("decision")], nothing: "None yet.")
  private static let alignment = DashboardTable(
    id: "alignment", caption: "Metrics of alignment beside the baseline",
    columns: [
      .words("metric"), .numbers("now"), .numbers("baseline"), .numbers("change"),
      .words("drift"), .words("of late, and the baseline"),
    ], nothing: "Nothing is measured here yet.")
  private static let safety = DashboardTable(
    id: "safety", caption: "Verdicts of the safety filter",
    columns: [.words("stage"), .words("done"), .numbers("times")], nothing: "No verdicts yet.")
  private static let feedback = DashboardTable(
    id: "feedback", caption: "Feedback by arm",
    columns: [.words("arm"), .words("feedback"), .numbers("times")], nothing: "None yet.")
}

extension CanaryCommand.Kind {
  /// What people read of it, and the look of its button.
  fileprivate var words: (title: String, consequence: String, style: String?) {
    switch self {
    case .begin: ("Begin", "The candidate answers its first share of the traffic.", nil)
    case .promote: ("Promote", "The candidate answers all of the traffic.", nil)
    case .rollBack:
      ("Roll back", "The candidate answers nobody any more; a new trial needs a new plan.", "alarm")
    case .stop:
      ("Stop at once", "The candidate answers nobody any more, from now on.", "alarm")
    }
  }
}
