internal import Tokenization
internal import PreferenceData

/// Makes counterfactuals of rows and scores them.
struct ProbeScoring {
  private let rows: [ScoredRow]
  private let titles: [String]
  private let sheets: [ProbeSheet]
  /// Rows with the prompt in which the user believes the worse completion.
  private let beliefs: [(row: Int, group: PromptCompletions)]

  /// Makes the counterfactuals.
  ///
  /// - Parameters:
  ///   - rows: The rows that were scored.
  ///   - probes: Which probes are made.
  ///   - limit: How many rows they are made of at most.
  ///   - random: Where the choice of rows and words comes from.
  init(
    rows: [ScoredRow], probes: ProbeSet, limit: Int, using random: inout SeededGenerator
  ) {
    self.rows = rows
    titles = probes.titles
    var sheets: [ProbeSheet] = []
    var beliefs: [(row: Int, group: PromptCompletions)] = []
    // Of each prompt one row: several would not be independent.
    var prompts: Set<Int> = []
    for row in titles.isEmpty ? [] : random.permutation(of: rows.count) {
      guard prompts.count < limit else { break }
      guard prompts.insert(rows[row].prompt).inserted else { continue }
      let judged = rows[row].judged
      let sheet = ProbeSheet(row: row, judged, probes, &random)
      if !sheet.names.isEmpty { sheets.append(sheet) }
      if probes.hasBelief, let group = Self.believing(judged) { beliefs.append((row, group)) }
    }
    self.sheets = sheets
    self.beliefs = beliefs
  }

  private static func believing(_ judged: JudgedCompletions) -> PromptCompletions? {
    let (best, worst) = judged.ends
    let texts = [best, worst].map { judged.completions[$0] }
    return UserBelief.prompt(judged.prompt, chosen: texts[0], rejected: texts[1])
      .map { PromptCompletions($0, completions: texts) }
  }

  /// Scores all counterfactuals.
  ///
  /// - Parameters:
  ///   - scorer: The model.
  ///   - progress: Told how many groups of how many are done; may throw to stop.
  /// - Returns: The matched scores of each probe, of those without any too.
  /// - Throws: What `progress` or the engine throws; ``PipelineError/notANumber(_:)``.
  func pairs(
    by scorer: any EvaluatedRewardModel, progress: (_ done: Int, _ total: Int) throws -> Void
  ) throws -> [ProbePairs] {
    let groups = sheets.map(\.group) + beliefs.map(\.group)
    let scores = try scorer.scores(of: groups) { try progress($0, groups.count) }
    var probes = titles.map { ProbePairs($0) }
    func add(_ shift: ProbePairs.Shift, to name: String, row: Int) throws {
      guard shift.score.isFinite else { throw PipelineError.notANumber(rows[row].judged.source) }
      guard let place = titles.firstIndex(of: name) else { return }
      probes[place].add(shift, prompt: rows[row].prompt)
    }
    for (sheet, scores) in zip(sheets, scores) {
      guard let scores else { continue }
      for (name, score) in zip(sheet.names, scores.dropFirst()) {
        try add(
          .init(
            original: scores[0].value, score: score.value - scores[0].value,
            tokens: score.tokens - scores[0].tokens),
          to: name, row: sheet.row)
      }
    }
    for (belief, scores) in zip(beliefs, scores.dropFirst(sheets.count)) {
      guard let scores else { continue }
      let row = rows[belief.row]
      let (best, worst) = row.judged.ends
      // How far the worse completion is behind, and how much of that the belief makes up for.
      let original = row.scores[worst].value - row.scores[best].value
      try add(
        .init(original: original, score: scores[1].value - scores[0].value - original, tokens: 0),
        to: BiasProbe.belief.title, row: belief.row)
    }
    return probes
  }
}

extension JudgedCompletions {
  /// The first completion of the best rank and the first of the worst.
  fileprivate var ends: (best: Int, worst: Int) {
    let (least, greatest) = (ranks.min() ?? 1, ranks.max() ?? 1)
    return (ranks.firstIndex(of: least) ?? 0, ranks.firstIndex(of: greatest) ?? 0)
  }
}
