public import LanguageModels
internal import Evaluations
internal import PreferenceData

/// A correction of scores for length, fitted on one part of the data and tested on another.
public struct CorrectionResult: Sendable, Hashable, Codable {
  /// What is taken off.
  public var correction: RewardModelRecord.LengthCorrection
  /// The slope's standard error; `nil` where too few rows are left to judge by.
  public var standardError: Double?
  /// How many completions it was fitted on.
  public var fittedOn: Int
  /// How many completions it was tested on.
  public var testedOn: Int
  /// Score and length as the model gives them.
  public var before: LengthResult.Correlations
  /// Score and length with the correction.
  public var after: LengthResult.Correlations
  /// The accuracy on the tested rows, as the model scores.
  public var accuracyBefore: ShareEstimate?
  /// The accuracy on the tested rows with the correction.
  public var accuracyAfter: ShareEstimate?
  /// The probes with the correction.
  public var probes: [ProbeResult] = []

  /// Fits within prompts.
  ///
  /// The result is `nil` where no prompt has completions of different lengths.
  ///
  /// - Parameters:
  ///   - fit: Rows to fit on, without any correction.
  ///   - test: Other rows, without any correction.
  init?(fit: [ScoredRow], test: [ScoredRow]) {
    let columns = CompletionColumns(fit)
    guard
      let residual = LengthResidual(
        scores: columns.scores, lengths: columns.lengths, prompts: columns.prompts),
      let origin = MeanVariance(columns.lengths).mean
    else { return nil }
    let adjustment = RewardModelRecord.LengthCorrection(slope: residual.slope, origin: origin)
    let tested = CompletionColumns(test)
    let report = LengthCorrectionReport(
      correction: residual, scores: tested.scores, lengths: tested.lengths,
      prompts: tested.prompts, quality: tested.gold)
    correction = adjustment
    standardError = residual.standardError
    fittedOn = columns.scores.count
    testedOn = tested.scores.count
    before = .init(report.before)
    after = .init(report.after)
    let corrected = test.map { $0.adding(adjustment, times: -1) }
    accuracyBefore = ShareEstimate(PairwiseAccuracy(margins: PairTable(test).margins))
    accuracyAfter = ShareEstimate(PairwiseAccuracy(margins: PairTable(corrected).margins))
  }
}

extension ScoredRow {
  /// The row with so many times what a correction takes off added to all scores.
  func adding(_ adjustment: RewardModelRecord.LengthCorrection, times factor: Double) -> ScoredRow {
    var row = self
    row.scores = scores.map { score in
      let amount = factor * adjustment.amount(tokens: score.tokens)
      return CompletionScore(members: score.members.map { $0 + amount }, tokens: score.tokens)
    }
    return row
  }
}
