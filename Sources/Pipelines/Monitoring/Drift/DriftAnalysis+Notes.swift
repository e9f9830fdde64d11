extension DriftAnalysis {
  /// What a reader should know.
  func notes(
    _ window: [PlacedResponse], _ questions: QuestionComparison
  ) -> [String] {
    var notes: [String] = []
    let (before, now) = (questions.baseline.count, questions.current.count)
    if min(before, now) < settings.leastSample {
      notes.append(
        "what users ask was not tested: it takes \(settings.leastSample) different questions a side, and the baseline has "
          + "\(before), the window \(now)")
    } else if questions.heldOut.count < settings.leastSample {
      notes.append(
        "the mix of topics was not tested: it takes \(2 * settings.leastSample) different questions of the baseline, half "
          + "of them to learn topics from, and there are \(before)")
    }
    if baseline.total > baseline.rows.count {
      notes.append(
        "of \(baseline.total) responses of the baseline, \(baseline.rows.count) were drawn")
    }
    func isThere(_ column: ResponseColumn, _ rows: [PlacedResponse]) -> Bool {
      rows.contains { $0.measured.values[column] != nil }
    }
    for column in ResponseColumn.allCases where column.family == .behaviour {
      let (before, now) = (isThere(column, baseline.rows), isThere(column, window))
      if before != now {
        notes.append(
          "\(column.title.lowercased()): known of \(before ? "the baseline" : "the window") only, and not compared"
        )
      }
    }
    if baseline.measurer.toxicity == .words {
      notes.append(
        "toxicity is the share of answers with a word of the list that ships, which knows no context; a classifier, or "
          + "`safety` in the log, says more")
    }
    if baseline.measurer.stance == .phrases {
      notes.append("refusals were read from usual phrases, which is a floor")
    }
    if !isThere(.harmfulPrompt, window) {
      notes.append(
        "the log does not say which prompts ask for harm (`harmful_prompt`), so that refusals of harmful and of harmless "
          + "requests are not told apart")
    }
    if !isThere(.unfactual, window) {
      notes.append(
        "whether answers are factual cannot be had from a log: that takes further answers to the same questions, as attune "
          + "evaluate safety --facts draws them, or `unfactual` in the log")
    }
    if !isThere(.biased, window) {
      notes.append(
        "whether answers are biased cannot be had from a log without a classifier, or `biased` in the log"
      )
    }
    return notes
  }
}
