/// Scores before and after a correction for length.
public struct LengthCorrectionReport: Sendable, Hashable {
  /// What was subtracted.
  public let correction: LengthResidual
  /// The relation of length to scores as the model gave them.
  public let before: LengthCorrelation
  /// The relation of length to corrected scores.
  public let after: LengthCorrelation

  /// Applies a correction.
  ///
  /// - Parameters:
  ///   - correction: Fitted on other completions than these, for an honest report.
  ///   - scores: Scores of completions; finite.
  ///   - lengths: The length of each completion.
  ///   - prompts: The prompt of each completion.
  ///   - quality: How good each completion is by another measure.
  public init<Prompt: Hashable>(
    correction: LengthResidual, scores: [Double], lengths: [Double], prompts: [Prompt],
    quality: [Double]? = nil
  ) {
    self.correction = correction
    before = LengthCorrelation(
      scores: scores, lengths: lengths, prompts: prompts, quality: quality)
    after = LengthCorrelation(
      scores: correction.corrected(scores: scores, lengths: lengths), lengths: lengths,
      prompts: prompts, quality: quality)
  }
}
