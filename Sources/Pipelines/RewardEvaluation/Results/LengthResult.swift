internal import Evaluations
internal import PreferenceData

/// How scores go together with the length of completions, in tokens.
public struct LengthResult: Sendable, Hashable, Codable {
  /// Correlations of score and length.
  public struct Correlations: Sendable, Hashable, Codable {
    /// Pearson's r over all completions.
    public var pearson: Double?
    /// Spearman's ρ over all completions.
    public var spearman: Double?
    /// Pearson's r within prompts.
    public var withinPrompt: Double?
    /// Pearson's r given the gold scores.
    public var givenGold: Double?
  }

  /// One completion, for a chart.
  public struct Point: Sendable, Hashable, Codable {
    /// Its tokens.
    public var tokens: Int
    /// Its score.
    public var score: Double
  }

  /// The correlations.
  public var correlations: Correlations
  /// Where the chosen completion is longer.
  public var chosenLonger: ShareEstimate?
  /// Where the chosen completion is shorter.
  public var chosenShorter: ShareEstimate?
  /// Where lengths differ by less than a tenth.
  public var lengthMatched: ShareEstimate?
  /// What length adds to scores in telling the chosen completion, as log odds: above 0, judges like
  /// length more than the model does.
  public var preference: Double?
  /// The interval of ``preference``: its lower end.
  public var preferenceLower: Double?
  /// The interval of ``preference``: its upper end.
  public var preferenceUpper: Double?
  /// Some completions, at most `pointLimit`.
  public var points: [Point]

  static let pointLimit = 600

  init(_ pairs: PairTable, rows: [ScoredRow], using random: inout SeededGenerator) {
    correlations = Correlations(CompletionColumns(rows))
    let accuracy = LengthAccuracy(
      margins: pairs.margins, chosenLengths: pairs.chosenTokens,
      rejectedLengths: pairs.rejectedTokens)
    chosenLonger = ShareEstimate(accuracy.chosenLonger)
    chosenShorter = ShareEstimate(accuracy.chosenShorter)
    lengthMatched = ShareEstimate(accuracy.lengthMatched)
    // With a penalty the fit always has an answer.
    let fit = try? LengthPreference(
      margins: pairs.margins,
      lengthDifferences: zip(pairs.chosenTokens, pairs.rejectedTokens).map { Double($0 - $1) })
    preference = fit?.lengthCoefficient
    preferenceLower = fit?.interval().lower
    preferenceUpper = fit?.interval().upper
    let scores = rows.flatMap(\.scores)
    points = random.permutation(of: scores.count).prefix(Self.pointLimit).map {
      Point(tokens: scores[$0].tokens, score: scores[$0].value)
    }
  }
}

/// Scores, lengths, prompts and gold of all completions, column by column.
struct CompletionColumns {
  var scores: [Double] = []
  var lengths: [Double] = []
  var prompts: [Int] = []
  /// `nil` unless every row has gold scores.
  var gold: [Double]?

  init(_ rows: [ScoredRow]) {
    for row in rows {
      scores += row.scores.map(\.value)
      lengths += row.scores.map { Double($0.tokens) }
      prompts += row.scores.map { _ in row.prompt }
    }
    let known = rows.compactMap(\.judged.gold)
    if known.count == rows.count { gold = known.flatMap { $0 } }
  }
}

extension LengthResult.Correlations {
  init(_ columns: CompletionColumns) {
    self.init(
      LengthCorrelation(
        scores: columns.scores, lengths: columns.lengths, prompts: columns.prompts,
        quality: columns.gold))
  }

  init(_ correlation: LengthCorrelation) {
    self.init(
      pearson: correlation.pearson, spearman: correlation.spearman,
      withinPrompt: correlation.withinPrompt, givenGold: correlation.givenQuality)
  }
}
