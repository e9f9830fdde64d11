internal import AnnotationStore
internal import Reports

/// The page on which a reviewer decides what others disagree about.
struct ReviewPage {
  let `case`: ReviewCase
  let settings: ProjectSettings
  /// The names of all tasks that wait.
  let waiting: [String]
  let viewer: Viewer

  static func nothing(_ viewer: Viewer) -> String {
    PageFrame(title: "Review", viewer: viewer, place: .review).rendered(
      .element("h1", [:], .text("Review")),
      .element("p", [:], .text("Nobody disagrees, and nothing is flagged.")))
  }

  func rendered() -> String {
    PageFrame(title: "Review", viewer: viewer, place: .review).rendered(
      .element("h1", [:], .text("Which answer is better?")),
      .element(
        "p", ["class": "status"],
        .text(
          "\(`case`.task) · \(waiting.count == 1 ? "1 task waits" : "\(waiting.count) tasks wait")")
      ),
      flags,
      .element(
        "section", ["class": "prompt", "aria-labelledby": "prompt-title"],
        .element("h2", ["id": "prompt-title"], .text("Prompt")), `case`.prompt.markup),
      .element(
        "div", ["class": isPair ? "responses two" : "responses"],
        `case`.responses.indices.map(response)),
      .element("h2", [:], .text("What was said")), answers, ruling, form)
  }

  private var isPair: Bool { `case`.responses.count == 2 }

  private func response(_ place: Int) -> Markup {
    .element(
      "section", ["class": "response", "aria-labelledby": "response-\(place)"],
      .element("h2", ["id": "response-\(place)"], .text("Answer \(TaskPage.name(place))")),
      `case`.responses[place].markup)
  }

  private var flags: Markup {
    `case`.flags.reduce(into: .empty) { markup, reason in
      markup += .element("p", ["class": "note tone-caution"], .text("Flagged: \(reason)"))
    }
  }

  private var answers: Markup {
    guard !`case`.answers.isEmpty else { return .element("p", [:], .text("Nothing yet.")) }
    return .element(
      "ul", [:],
      `case`.answers.map { answer in
        var words = answer.verdict.words(strengths: settings.strengths)
        if let confidence = answer.confidence { words += ", confidence \(confidence.rawValue)" }
        if !answer.reason.isEmpty { words += ": \(answer.reason)" }
        return .element("li", [:], .text(words))
      })
  }

  private var ruling: Markup {
    guard let ruling = `case`.ruling else { return .empty }
    return .element(
      "p", ["class": "note"],
      .text(
        "Decided by \(ruling.reviewer): \(ruling.verdict.words(strengths: settings.strengths))"
          + (ruling.reason.isEmpty ? "" : ": \(ruling.reason)")))
  }

  private var form: Markup {
    var parts: [Markup] = [
      .void("input", ["type": "hidden", "name": "task", "value": `case`.task])
    ]
    if isPair {
      parts.append(
        TaskPage.choice(
          "Your decision", name: "verdict", chosen: nil,
          [
            ("0", "A", nil), ("1", "B", nil), ("tie", "Equally good", nil),
            ("both_bad", "Both bad", nil),
          ]))
      let strengths = TaskPage.strengthNames(settings.strengths)
      if !strengths.isEmpty {
        parts.append(
          TaskPage.choice(
            "How much better?", name: "strength", chosen: nil,
            strengths.enumerated().map { ("\($0 + 1)", $1, nil) }))
      }
    } else {
      parts += `case`.responses.indices.map { place in
        TaskPage.choice(
          "Rank of answer \(TaskPage.name(place))", name: "rank.\(place)", chosen: nil,
          (1...`case`.responses.count).map { ("\($0)", "\($0)", nil) })
      }
    }
    parts.append(
      .element(
        "p", ["class": "field"], .element("label", ["for": "reason"], .text("Why? (optional)")),
        .element(
          "textarea",
          ["id": "reason", "name": "reason", "rows": "3", "maxlength": "\(Answer.longestReason)"],
          .empty)))
    parts.append(.element("button", ["type": "submit"], .text("Decide")))
    return Form(action: "/review", viewer: viewer).markup(parts)
  }
}

extension Verdict {
  /// The verdict in words, by the letters of the responses.
  ///
  /// - Parameter strengths: The degrees of preference.
  /// - Returns: The words.
  func words(strengths: Int) -> String {
    switch self {
    case .prefers(let place, let strength):
      let names = TaskPage.strengthNames(strengths)
      let degree = names.indices.contains(strength - 1) ? "\(names[strength - 1]) " : ""
      return "\(TaskPage.name(place)) is \(degree)better"
    case .tie: return "equally good"
    case .bothBad: return "both bad"
    case .ranking(let ranks):
      return ranks.enumerated().map { "\(TaskPage.name($0)) is \($1)." }.joined(separator: " ")
    }
  }
}
