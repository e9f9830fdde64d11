internal import Evaluations
internal import Reports
internal import Sandbox
internal import WebSupport

/// The page on which alignment happens, step by step.
struct PipelinePage {
  let state: PipelineState
  let readiness: StudioEngine.Readiness
  /// Prompts that one may begin with.
  let suggestions: [ChallengePrompt]

  /// How many answers are sampled.
  static let answerCount = 4
  /// How many choices the simulated annotator makes at once.
  static let simulatedCounts = [50, 200]

  func rendered(_ token: CSRFToken) -> String {
    StudioFrame(title: "Pipeline", place: .pipeline, token: token).rendered(
      .element("h1", [:], .text("Alignment, step by step")),
      PageParts.paragraph(
        "A small language model answers, you say which answers are better, a reward model learns what you "
          + "mean by that, and the model learns from the reward model. Everything happens here and now, on "
          + "this machine.", className: "lead"),
      content.element())
  }

  /// All of the page below its title: the steps, or how far the model is.
  var content: Fragment {
    switch readiness {
    case .ready:
      Fragment(id: "pipeline", content: steps)
    case .preparing(let progress):
      Fragment(
        id: "pipeline",
        content: .element(
          "section", ["class": "step", "data-auto": "/prepare", "data-auto-text": "Getting ready"],
          .element("h2", [:], .text("The model is being made")),
          PageParts.paragraph(
            "It learns a small world's language, and then how to answer, from nothing and without any "
              + "download. That takes about a minute the first time; preference learning can be tried "
              + "meanwhile."),
          PageParts.paragraph("\(progress.activity).", className: "status")))
    case .failed(let reason):
      Fragment(
        id: "pipeline",
        content: .element(
          "p", ["class": "note tone-alarming", "role": "alert"],
          .text("There is no model to work with: \(reason).")))
    }
  }

  private var steps: Markup {
    overview.element("nav")
      + step(
        .ask, "Ask", "The model answers the same prompt several times. How do the answers differ?",
        ask)
      + step(
        .choose, "Choose",
        "Which of two answers is better? Your choices are all that the reward model will know.",
        choose)
      + step(
        .learn, "Teach a reward model",
        "A reward model gives each answer a number, so that what you chose has the higher one. How often is "
          + "it right on pairs that it has not seen, whose better side is known without error?",
        learn)
      + step(
        .update, "Change the policy",
        "The model answers prompts, the reward model scores the answers, and answers with high scores become "
          + "likelier. How far does the model move from what it was, and does it get better?",
        update)
  }

  private func step(
    _ stage: PipelineStage, _ title: String, _ words: String, _ content: Fragment
  ) -> Markup {
    .element(
      "section", ["class": "step", "aria-labelledby": "step-\(stage.rawValue)"],
      .element(
        "h2", ["id": "step-\(stage.rawValue)"],
        .element("span", ["class": "number", "aria-hidden": "true"], .text("\(stage.rawValue)")),
        .text(title)),
      PageParts.paragraph(words, className: "hint"), content.element())
  }

  /// Which steps are done.
  var overview: Fragment {
    let items = PipelineStage.allCases.map { stage in
      let isDone = stage < state.stage || state.isThrough
      let isCurrent = stage == state.stage && !state.isThrough
      return Markup.element(
        "li", ["class": isDone ? "done" : isCurrent ? "current" : nil],
        .element(
          "a", ["href": "#step-\(stage.rawValue)", "aria-current": isCurrent ? "step" : nil],
          .text(["Ask", "Choose", "Teach", "Change"][stage.rawValue - 1])),
        isDone ? .element("span", ["class": "past"], .text("done")) : .empty)
    }
    return Fragment(id: "overview", content: .element("ol", ["class": "stages"], items))
  }

  // MARK: Ask

  var ask: Fragment {
    let buttons = suggestions.map { suggestion in
      PageParts.button(
        suggestion.question, isQuiet: true, name: "suggestion", value: suggestion.question)
    }
    let typed = Markup.element(
      "p", ["class": "field"], .element("label", ["for": "typed"], .text("Or ask something else")),
      .void(
        "input",
        [
          "id": "typed", "name": "typed", "autocomplete": "off",
          "maxlength": "\(AskedPrompt.longest)", "aria-describedby": "typed-hint",
        ]),
      .element(
        "span", ["id": "typed-hint", "class": "hint"],
        .text("The model knows only its small world: invented lands, small sums, simple tasks.")))
    var content =
      PageParts.form(
        "/pipeline/ask", isJob: true, className: "suggestions",
        .element(
          "fieldset", [:], .element("legend", [:], .text("Ask one of these")),
          .element("div", ["class": "chips"], buttons)))
      + PageParts.form(
        "/pipeline/ask", isJob: true, className: "inline", typed,
        PageParts.button("Ask", id: "ask-typed"))
    if let prompt = state.prompt {
      content += .element(
        "div", ["class": "prompt"], .element("h3", [:], .text("You asked")),
        PageParts.said(prompt.question))
      content += .element(
        "ol", ["class": "answers four"],
        state.answers.map { .element("li", [:], PageParts.said($0.text)) })
    }
    return Fragment(id: "ask", content: content)
  }

  // MARK: Choose

  var choose: Fragment {
    guard state.stage > .ask || !state.choices.isEmpty else {
      return Fragment(id: "choose", content: locked("Ask something first."))
    }
    var content = Markup.empty
    if let next = state.waiting.first {
      content += PageParts.duel(
        prompt: next.pair.prompt, answers: (next.pair.first.text, next.pair.second.text),
        number: next.number, action: "/pipeline/choose")
    } else {
      content += PageParts.paragraph("The next pair is on its way.", className: "status")
    }
    content += tally
    if state.needsPairs {
      content += .element(
        "span",
        ["data-auto": "/pipeline/pairs", "data-auto-text": "Drawing more pairs", "hidden": ""],
        .empty)
    }
    return Fragment(id: "choose", content: content)
  }

  private var tally: Markup {
    let (own, all) = (state.choices.count { $0.chooser == .person }, state.choices.count)
    let missing = ComparisonCounts.fewest - all
    var words =
      all == 0
      ? "Nothing chosen yet."
      : "\(all) \(all == 1 ? "choice" : "choices"), \(own) of them yours."
    if missing > 0 { words += " \(missing) more, and a reward model can learn." }
    let (agreed, opinions) = state.agreement
    if opinions > 0 {
      words +=
        " The world's judge, who knows the truth, likes one answer better in \(opinions) of them, and "
        + "agrees in \(agreed)."
    }
    let simulated = Self.simulatedCounts.map { count in
      PageParts.button(
        "Let a simulated annotator choose \(count)", id: "simulate-\(count)", isQuiet: true,
        name: "count", value: "\(count)")
    }
    let links =
      all == 0
      ? Markup.empty
      : .element(
        "a", ["href": "/pipeline/choices.jsonl", "download": "choices.jsonl"],
        .text("Save the choices"))
    return .element("p", ["class": "status"], .text(words))
      + .element(
        "div", ["class": "row"],
        PageParts.form(
          "/pipeline/simulate", isJob: true, className: "row",
          simulated.reduce(into: .empty) { $0 += $1 }),
        links,
        all == 0
          ? .empty
          : PageParts.form(
            "/pipeline/restart", isJob: true,
            PageParts.button("Start anew", id: "restart", isQuiet: true)))
  }

  private func locked(_ words: String) -> Markup {
    PageParts.paragraph(words, className: "locked")
  }

  // MARK: Learn

  var learn: Fragment {
    guard state.choices.count >= ComparisonCounts.fewest else {
      return Fragment(
        id: "learn",
        content: locked("It takes \(ComparisonCounts.fewest) choices to begin with."))
    }
    let new = state.choices.count - (state.curve.last?.comparisons ?? 0)
    var content = PageParts.form(
      "/pipeline/learn", isJob: true,
      PageParts.button(
        state.curve.isEmpty
          ? "Train a reward model on \(state.choices.count) choices"
          : new == 0 ? "Train again" : "Train with \(new) new \(new == 1 ? "choice" : "choices")",
        id: "train"))
    if !state.curve.isEmpty {
      content += ReportBlock.figure(PipelineFigures.accuracy(state.curve)).markup(id: "accuracy")
    }
    if !state.dueMilestones.isEmpty {
      content += .element(
        "span",
        [
          "data-auto": "/pipeline/learn?upto=milestone", "data-auto-text": "A reward model learns",
          "hidden": "",
        ], .empty)
    }
    return Fragment(id: "learn", content: content)
  }

  // MARK: Update

  var update: Fragment {
    guard !state.curve.isEmpty, state.prompt != nil else {
      return Fragment(id: "update", content: locked("Train a reward model first."))
    }
    var content = PageParts.form(
      "/pipeline/practise", isJob: true,
      PageParts.button(
        state.isThrough ? "Change it anew, from the start" : "Let the policy learn", id: "practise")
    )
    if !state.practice.isEmpty {
      content += ReportBlock.figures(PipelineFigures.practice(state.practice))
        .markup(id: "practice")
    }
    if !state.comparisons.isEmpty { content += beforeAndAfter }
    return Fragment(id: "update", content: content)
  }

  private var beforeAndAfter: Markup {
    func mean(_ values: [Double]) -> String {
      NumberLabel.fixed(values.reduce(0, +) / Double(max(1, values.count)), decimals: 2)
    }
    func cell(_ answer: StudioAnswer) -> Markup {
      let reward = answer.reward.map { "reward \(NumberLabel.fixed($0, decimals: 2)), " } ?? ""
      return .element(
        "td", [:], PageParts.said(answer.text),
        .element(
          "p", ["class": "detail"],
          .text("\(reward)judge \(NumberLabel.fixed(answer.gold, decimals: 2))")))
    }
    let rows = state.comparisons.map { row in
      Markup.element("tr", [:], cell(row.before), cell(row.after))
    }
    let (before, after) = (state.comparisons.map(\.before), state.comparisons.map(\.after))
    var words =
      "The same prompt, the same draws. On average the judge gives the answers \(mean(before.map(\.gold))) "
      + "before and \(mean(after.map(\.gold))) after"
    let rewards = (before.compactMap(\.reward), after.compactMap(\.reward))
    if rewards.0.count == before.count, rewards.1.count == after.count {
      words += ", and the reward model \(mean(rewards.0)) before and \(mean(rewards.1)) after"
    }
    return .element("h3", ["class": "above"], .text("Before and after"))
      + .element(
        "div", ["class": "prompt"], .element("h3", [:], .text("You asked")),
        PageParts.said(state.prompt?.question ?? ""))
      + .element(
        "div", ["class": "table", "tabindex": "0"],
        .element(
          "table", ["class": "beside"],
          .element(
            "thead", [:],
            .element(
              "tr", [:], .element("th", ["scope": "col"], .text("Before")),
              .element("th", ["scope": "col"], .text("After")))),
          .element("tbody", [:], rows)))
      + PageParts.paragraph("\(words).", className: "hint")
  }
}
