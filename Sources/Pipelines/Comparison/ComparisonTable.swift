internal import Evaluations

/// The completions of a comparison as columns: one row a prompt and place, the same rows for every model.
///
/// Rows are in the order of the prompts' texts, so that what is drawn for an interval does not depend on the
/// order of the file.
struct ComparisonTable {
  /// The number of each row's prompt; rows of equal prompts have one number.
  let clusters: [Int]
  /// The prompt of each row.
  let prompts: [ComparedPrompt]
  private let completions: [[ComparedCompletion]]
  private let verdicts: ComparisonVerdicts
  private let rows: [Int]

  init(_ answers: ComparedAnswers) {
    let each = answers.completionsEach
    let order = answers.prompts.indices.sorted { one, other in
      let (a, b) = (answers.prompts[one].text.utf8, answers.prompts[other].text.utf8)
      return a.elementsEqual(b) ? one < other : a.lexicographicallyPrecedes(b)
    }
    let rows = order.flatMap { prompt in (0..<each).map { prompt * each + $0 } }
    self.rows = rows
    prompts = rows.map { answers.prompts[$0 / each] }
    var clusters: [Int] = []
    for (row, prompt) in prompts.enumerated() {
      let isSame = row > 0 && prompt.text.utf8.elementsEqual(prompts[row - 1].text.utf8)
      clusters.append((clusters.last ?? -1) + (isSame ? 0 : 1))
    }
    self.clusters = clusters
    let flat = answers.models.map { $0.completions.flatMap(\.self) }
    completions = flat.map { own in rows.map { own[$0] } }
    verdicts =
      answers.verdicts
      ?? ComparisonVerdicts(
        scores: flat.map { $0.map { $0.score ?? 0 } }, texts: flat.map { $0.map(\.text) })
    precondition(
      answers.verdicts != nil || flat.allSatisfy { $0.allSatisfy { $0.score != nil } },
      "neither scores nor verdicts")
  }

  /// The completions of a model, row by row.
  subscript(model: Int) -> [ComparedCompletion] { completions[model] }

  /// A column of numbers, where every row has one.
  func column(_ model: Int, _ value: (ComparedCompletion) -> Double?) -> [Double]? {
    let known = completions[model].compactMap(value)
    return known.count == rows.count ? known : nil
  }

  /// What a model got of each comparison with another: 1, ½ or 0.
  func shares(of model: Int, against other: Int) -> [Double] {
    let outcomes = verdicts.outcomes(of: model, against: other)
    return rows.map { outcomes[$0].share }
  }

  /// All comparisons of all models, with the prompt of each.
  var votes: (votes: [Vote<Int>], clusters: [Int]) {
    var votes: [Vote<Int>] = []
    var clusters: [Int] = []
    for first in completions.indices {
      for second in completions.indices where first < second {
        let outcomes = verdicts.outcomes(of: first, against: second)
        votes += rows.map { Vote(first, second, outcomes[$0]) }
        clusters += self.clusters
      }
    }
    return (votes, clusters)
  }
}
