internal import Evaluations

/// All comparisons of scored rows, column by column: a pair is one, a ranking as many as it has
/// completions of unequal rank.
struct PairTable: Sendable {
  private(set) var margins: [Double] = []
  /// The number of the prompt: rows of equal prompts are not independent.
  private(set) var prompts: [Int] = []
  private(set) var chosenTokens: [Int] = []
  private(set) var rejectedTokens: [Int] = []
  /// The row that each comparison belongs to.
  private(set) var rows: [Int] = []
  /// Gold score of the chosen one less that of the rejected one.
  private(set) var goldGaps: [Double?] = []

  var count: Int { margins.count }

  /// The comparisons of rows.
  init(_ rows: [ScoredRow]) {
    for (index, row) in rows.enumerated() {
      for (better, worse) in row.judged.comparisons {
        margins.append(row.scores[better].value - row.scores[worse].value)
        prompts.append(row.prompt)
        chosenTokens.append(row.scores[better].tokens)
        rejectedTokens.append(row.scores[worse].tokens)
        goldGaps.append(row.judged.gold.map { $0[better] - $0[worse] })
        self.rows.append(index)
      }
    }
  }

  /// The comparisons at those places.
  func margins(at places: some Sequence<Int>) -> [Double] { places.map { margins[$0] } }
}

/// A row with what the model says about its completions.
struct ScoredRow: Sendable {
  let judged: JudgedCompletions
  /// The number of its prompt: the same for equal prompts.
  let prompt: Int
  /// One a completion.
  var scores: [CompletionScore]
}
