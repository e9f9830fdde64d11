internal import Reports
internal import WebSupport

/// The page on which choices become weights, one after the other.
struct PreferencePage {
  let state: PreferenceState
  let school: PreferenceSchool

  /// How many choices the simulated annotator makes at once.
  static let simulatedCounts = [10, 50]

  func rendered(_ token: CSRFToken) -> String {
    StudioFrame(title: "Preference learning", place: .preferences, token: token).rendered(
      .element("h1", [:], .text("What do your choices say?")),
      PageParts.paragraph(
        "Each choice between two answers says a little about what you care for. Here a reward is a weighted "
          + "sum of nine things that can be told about an answer, and its weights are those that make your "
          + "choices likeliest: after every choice anew.", className: "lead"),
      .element(
        "div", ["class": "halves"],
        .element("section", ["aria-label": "Choose"], choose.element()),
        .element("section", ["aria-label": "What was learned"], learned.element())),
      .element(
        "details", [:], .element("summary", [:], .text("The formula")),
        PageParts.paragraph(
          "P(A is better than B) = σ(w · (φ(A) − φ(B))): the model of Bradley and Terry. φ lists the nine "
            + "features, each divided by how much two answers usually differ in it, so that a weight is the log "
            + "odds that a usual difference is worth. The weights w maximise the likelihood of all choices so "
            + "far less ½|w|², which keeps a few choices from saying too much.")))
  }

  var choose: Fragment {
    let pair = state.pair
    let simulated = Self.simulatedCounts.map { count in
      PageParts.button(
        "Let a simulated annotator choose \(count)", id: "simulate-\(count)", isQuiet: true,
        name: "count", value: "\(count)")
    }
    return Fragment(
      id: "choose",
      content: PageParts.duel(
        prompt: pair.prompt, answers: (pair.first.text, pair.second.text), number: state.number,
        action: "/preferences/choose")
        + .element(
          "div", ["class": "row"],
          PageParts.form(
            "/preferences/simulate", isJob: false, className: "row",
            simulated.reduce(into: .empty) { $0 += $1 }),
          PageParts.form(
            "/preferences/restart", isJob: false,
            PageParts.button("Start anew", id: "restart", isQuiet: true))))
  }

  var learned: Fragment {
    let count = state.learner.count
    let accuracy = state.curve.last.map { NumberLabel.percent($0.accuracy, decimals: 0) } ?? ""
    let words =
      count == 0
      ? "Nothing was chosen yet: all weights are 0, and held-out pairs are told apart as by a coin."
      : "\(count) \(count == 1 ? "choice" : "choices"), \(state.own) of them yours. The weights find the better "
        + "side of \(accuracy) of held-out pairs. The world's judge agrees with \(state.agreed) of \(count)."
    return Fragment(
      id: "learned",
      content: PageParts.paragraph(words, className: "status")
        + ReportBlock.figures(weights).markup(id: "weights")
        + ReportBlock.figure(curve).markup(id: "curve"))
  }

  private var weights: [ReportFigure] {
    // Both charts have one axis, or lengths could not be compared.
    let reach = max(1, (state.learner.weights + school.judgeWeights).map(abs).max() ?? 1)
    let axis = ChartAxis("log odds of a usual difference", range: (-reach)...reach)
    func chart(_ title: String, _ words: String, _ weights: [Double]) -> ReportFigure {
      ReportFigure(
        title, summary: words,
        chart: .bars(
          BarChart(
            zip(AnswerFeature.allCases, weights).map { BarChart.Bar($0.title, $1) }, axis: axis)))
    }
    return [
      chart(
        "Your choices", "What the choices so far say. Bars to the right speak for an answer.",
        state.learner.weights),
      chart(
        "The judge",
        "What \(PreferenceSchool.lessonCount) choices of an annotator say who goes by the world's judge.",
        school.judgeWeights),
    ]
  }

  private var curve: ReportFigure {
    let points = state.curve.map { ChartPoint(x: Double($0.comparisons), y: $0.accuracy) }
    return ReportFigure(
      "What the weights get right",
      summary:
        "The share of \(PreferenceSchool.heldOutCount) held-out pairs whose better side they find, "
        + "choice by choice.",
      chart: .lines(
        LineChart(
          [ChartSeries("weights", points).thinned(to: 300)],
          x: ChartAxis("comparisons", format: .count, range: 0...20),
          y: ChartAxis("held-out pairs right", format: .percent, range: 0.4...1))))
  }
}
