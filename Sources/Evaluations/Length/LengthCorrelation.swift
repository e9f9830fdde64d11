/// How scores go together with the length of what is scored.
public struct LengthCorrelation: Sendable, Hashable {
  /// Pearson's r over all completions.
  public let pearson: Double?
  /// Spearman's ρ over all completions.
  public let spearman: Double?
  /// Pearson's r of scores and lengths less the mean of their prompt: what remains when prompts
  /// that ask for more are not held against the model.
  public let withinPrompt: Double?
  /// Pearson's r when least squares has taken out what quality explains; `nil` without quality too.
  public let givenQuality: Double?

  /// Correlates. Each number is `nil` where a column does not vary.
  ///
  /// - Parameters:
  ///   - scores: Scores of completions; finite.
  ///   - lengths: The length of each completion.
  ///   - prompts: The prompt of each completion.
  ///   - quality: How good each completion is by another measure, for instance a gold score.
  public init<Prompt: Hashable>(
    scores: [Double], lengths: [Double], prompts: [Prompt], quality: [Double]? = nil
  ) {
    requireSameCount(scores.count, prompts.count, "scores and prompts")
    let groups = GroupedRows(prompts)
    pearson = Correlation.pearson(scores, lengths)
    spearman = Correlation.spearman(scores, lengths)
    withinPrompt = Correlation.pearson(
      scores.centered(within: groups), lengths.centered(within: groups))
    givenQuality = quality.flatMap { Correlation.partial(scores, lengths, controls: [$0]) }
  }
}
