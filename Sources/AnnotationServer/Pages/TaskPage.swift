internal import AnnotationStore
internal import Reports

/// The page on which somebody judges a task. Everything on it works without a script, which adds keys, the clock and drafts.
struct TaskPage {
  let assignment: Assignment
  let settings: ProjectSettings
  let viewer: Viewer
  /// Judgments that this person has given.
  let given: Int
  /// What is filled in.
  var draft: Draft
  /// Why the answer was not taken.
  var problem: String?

  /// What a shown response is called.
  static func name(_ shown: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "A") + UInt8(shown)))
  }

  /// What the degrees of preference are called, the least first.
  static func strengthNames(_ count: Int) -> [String] {
    switch count {
    case 2: ["slightly", "clearly"]
    case 3: ["slightly", "clearly", "much"]
    case 4: ["slightly", "somewhat", "clearly", "much"]
    default: []
    }
  }

  func rendered() -> String {
    PageFrame(title: "Task", viewer: viewer, place: .task, hasScript: true).rendered(
      .element("h1", [:], .text("Which answer is better?")), status,
      EntrancePages.problem(problem), answerForm, others, keys)
  }

  private var status: Markup {
    .element(
      "p", ["class": "status"],
      .text(given == 1 ? "1 judgment given" : "\(given) judgments given"),
      .element("span", ["id": "saved", "role": "status"], .empty))
  }

  private var isPair: Bool { assignment.responses.count == 2 }

  private var answerForm: Markup {
    var parts: [Markup] = [
      .void("input", ["type": "hidden", "name": "token", "value": assignment.token]),
      .void(
        "input",
        [
          "type": "hidden", "name": "active_seconds", "id": "active_seconds",
          "value": "\(draft.activeSeconds ?? 0)",
        ]),
      .element(
        "section", ["class": "prompt", "aria-labelledby": "prompt-title"],
        .element("h2", ["id": "prompt-title"], .text("Prompt")), assignment.prompt.markup),
      .element(
        "div", ["class": isPair ? "responses two" : "responses"],
        assignment.responses.indices.map(response)),
    ]
    parts += isPair ? [verdicts, strengths] : [rankings]
    parts += settings.criteria.map(ratings)
    parts += [confidence, reason]
    parts.append(
      .element(
        "p", ["class": "actions"],
        .element(
          "button", ["type": "submit", "id": "send"], .text("Submit"), Self.key("Enter"))))
    return .element(
      "div", ["id": "work", "data-idle": "\(settings.idleSeconds)"],
      Form(action: "/task", viewer: viewer, id: "answer").markup(parts))
  }

  private func response(_ shown: Int) -> Markup {
    .element(
      "section", ["class": "response", "aria-labelledby": "response-\(shown)"],
      .element("h2", ["id": "response-\(shown)"], .text("Answer \(Self.name(shown))")),
      assignment.responses[shown].markup)
  }

  private var verdicts: Markup {
    let chosen: String? =
      switch draft.verdict {
      case .prefers(let place, _): "\(place)"
      case .tie: "tie"
      case .bothBad: "both_bad"
      case .ranking, nil: nil
      }
    return Self.choice(
      "Which is better?", name: "verdict", chosen: chosen,
      [
        ("0", "A", "a"), ("1", "B", "b"), ("tie", "Equally good", "t"),
        ("both_bad", "Both bad", "x"),
      ])
  }

  private var strengths: Markup {
    let names = Self.strengthNames(settings.strengths)
    guard !names.isEmpty else { return .empty }
    var chosen: String?
    if case .prefers(_, let strength) = draft.verdict { chosen = "\(strength)" }
    return Self.choice(
      "How much better?", name: "strength", chosen: chosen,
      names.enumerated().map { ("\($0 + 1)", $1, "\($0 + 1)") })
  }

  private var rankings: Markup {
    var ranks: [Int] = []
    if case .ranking(let given) = draft.verdict { ranks = given }
    let count = assignment.responses.count
    return assignment.responses.indices.reduce(
      into: Markup.element(
        "p", ["class": "hint"],
        .text("Give each answer a rank, 1 for the best. Equal answers share a rank."))
    ) { markup, shown in
      markup += Self.choice(
        "Rank of answer \(Self.name(shown))", name: "rank.\(shown)",
        chosen: ranks.indices.contains(shown) ? "\(ranks[shown])" : nil,
        (1...count).map { ("\($0)", "\($0)", nil) })
    }
  }

  private func ratings(_ criterion: Criterion) -> Markup {
    let given = draft.ratings?[criterion.name] ?? []
    let title = criterion.name.replacing("_", with: " ")
    let rows = assignment.responses.indices.map { shown in
      Self.choice(
        "Answer \(Self.name(shown))", name: "rating.\(criterion.name).\(shown)",
        chosen: given.indices.contains(shown) ? given[shown].map { "\($0)" } : nil,
        (1...settings.ratingScale).map { ("\($0)", "\($0)", nil) })
    }
    return .element(
      "section", ["class": "criterion"],
      [
        .element("h2", [:], .text(title.prefix(1).uppercased() + title.dropFirst())),
        .element(
          "p", ["class": "hint"],
          .text(
            criterion.guidance + (criterion.guidance.isEmpty ? "" : " ")
              + "1 is the worst, \(settings.ratingScale) the best.")),
      ] + rows)
  }

  private var confidence: Markup {
    Self.choice(
      "How sure are you?", name: "confidence", chosen: draft.confidence?.rawValue,
      [("low", "Guessing", "7"), ("medium", "Fairly sure", "8"), ("high", "Certain", "9")])
  }

  private var reason: Markup {
    let rule =
      switch settings.reason {
      case .optional: "optional"
      case .undecided: "needed where neither is better"
      case .required: "needed"
      }
    return .element(
      "p", ["class": "field"],
      .element("label", ["for": "reason"], .text("Why? (\(rule)) "), Self.key("r")),
      .element(
        "textarea",
        ["id": "reason", "name": "reason", "rows": "3", "maxlength": "\(Answer.longestReason)"],
        .text(draft.reason ?? "")))
  }

  /// Several possibilities of which one is taken.
  static func choice(
    _ title: String, name: String, chosen: String?,
    _ options: [(value: String, title: String, key: String?)]
  ) -> Markup {
    .element(
      "fieldset", ["class": "choice"],
      [.element("legend", [:], .text(title))]
        + options.map { option in
          .element(
            "label", ["class": "option"],
            .void(
              "input",
              [
                "type": "radio", "name": name, "value": option.value,
                "checked": option.value == chosen ? "" : nil, "data-key": option.key,
              ]), .element("span", [:], .text(option.title)),
            option.key.map(key) ?? .empty)
        })
  }

  private static func key(_ name: String) -> Markup {
    .element("kbd", ["aria-hidden": "true"], .text(name))
  }

  /// What else can be done with a task.
  private var others: Markup {
    func form(_ action: String, _ title: String, _ label: String, _ key: String) -> Markup {
      .element(
        "details", ["class": "other", "data-key": key],
        .element("summary", [:], .text(title + " "), Self.key(key)),
        Form(action: "/task/\(action)", viewer: viewer).markup(
          .void("input", ["type": "hidden", "name": "token", "value": assignment.token]),
          .element(
            "p", ["class": "field"],
            .element("label", ["for": "\(action)-reason"], .text(label)),
            .void(
              "input",
              [
                "id": "\(action)-reason", "name": "reason", "required": "",
                "maxlength": "\(Answer.longestReason)", "autocomplete": "off",
              ])),
          .element("button", ["type": "submit", "class": "quiet"], .text(title))))
    }
    return .element(
      "div", ["class": "others"],
      form("skip", "Skip this task", "Why can you not judge it?", "s"),
      form("flag", "Flag for review", "What is the matter with it?", "f"),
      Form(action: "/undo", viewer: viewer, id: "undo").markup(
        .element(
          "button", ["type": "submit", "class": "quiet", "data-key": "u"],
          .text("Undo my last answer "), Self.key("u"))))
  }

  private var keys: Markup {
    let pair = [("a, b", "which is better"), ("t", "equally good"), ("x", "both bad")]
    let strengths = Self.strengthNames(settings.strengths).count
    var rows = isPair ? pair : []
    if isPair, strengths > 0 { rows.append(("1 to \(strengths)", "how much better")) }
    rows += [
      ("Tab, arrows", "ratings and ranks"), ("7, 8, 9", "how sure"), ("r", "the reason"),
      ("Esc", "out of a field"), ("Enter", "submit; Ctrl and Enter within the reason"),
      ("u", "undo my last answer"), ("s, f", "skip, flag"), ("?", "this list"),
    ]
    return .element(
      "details", ["class": "keys", "open": "", "data-key": "?"],
      .element("summary", [:], .text("Keys")),
      .element(
        "dl", [:],
        rows.flatMap { row in
          [
            Markup.element("dt", [:], .element("kbd", [:], .text(row.0))),
            .element("dd", [:], .text(row.1)),
          ]
        }))
  }
}

/// The page of somebody for whom there is nothing to do.
enum IdlePage {
  static func rendered(_ viewer: Viewer, given: Int, pauseReason: String?) -> String {
    let words: [String] =
      if let pauseReason {
        [
          "Your work here is paused", "\(pauseReason). Please talk to whoever runs the project.",
        ]
      } else {
        [
          "Nothing left to do",
          given == 0
            ? "There is no task for you now. Look again later."
            : "You have judged all tasks that there are for you now. Thank you!",
        ]
      }
    return PageFrame(title: words[0], viewer: viewer, place: .task).rendered(
      .element("h1", [:], .text(words[0])), .element("p", [:], .text(words[1])),
      pauseReason == nil && given > 0
        ? Form(action: "/undo", viewer: viewer).markup(
          .element(
            "button", ["type": "submit", "class": "quiet"], .text("Undo my last answer")))
        : .empty)
  }
}
