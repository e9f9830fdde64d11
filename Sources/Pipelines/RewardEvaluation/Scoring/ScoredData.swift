internal import Tokenization
internal import PreferenceData

/// The rows of some data with what a model says about them.
struct ScoredData {
  /// The rows that could be scored.
  let rows: [ScoredRow]
  /// How many rows were left out, by reason.
  let dropped: [String: Int]

  /// Scores all rows.
  ///
  /// - Parameters:
  ///   - data: The rows.
  ///   - scorer: The model.
  ///   - progress: Told how many rows of how many are done; may throw to stop.
  /// - Throws: What `progress` or the engine throws; ``PipelineError/notANumber(_:)``.
  init(
    _ data: JudgedData, by scorer: any EvaluatedRewardModel,
    progress: (_ done: Int, _ total: Int) throws -> Void
  ) throws {
    let groups = data.rows.map {
      PromptCompletions($0.prompt, completions: $0.completions)
    }
    let scores = try scorer.scores(of: groups) { try progress($0, groups.count) }
    var numbers: [String: Int] = [:]
    var rows: [ScoredRow] = []
    for (judged, scores) in zip(data.rows, scores) {
      guard let scores else { continue }
      guard scores.allSatisfy({ $0.members.allSatisfy(\.isFinite) }) else {
        throw PipelineError.notANumber(judged.source)
      }
      let prompt = numbers[judged.prompt, default: numbers.count]
      numbers[judged.prompt] = prompt
      rows.append(ScoredRow(judged: judged, prompt: prompt, scores: scores))
    }
    var dropped: [String: Int] = [:]
    for reason in data.dropped.reasons { dropped["\(reason)"] = data.dropped[reason] }
    let tooLong = data.rows.count - rows.count
    if tooLong > 0 { dropped["\(DropReason.tooLong)"] = tooLong }
    self.rows = rows
    self.dropped = dropped
  }
}
