/// A correction of scores for length: r′ = r − β·length.
///
/// β is the slope of score on length by least squares, best taken within prompts: a prompt that
/// asks for much gets longer and perhaps better completions, which is no bias.
public struct LengthResidual: Sendable, Hashable, Codable {
  /// β, score per unit of length.
  public let slope: Double
  /// β's standard error; `nil` where too few rows are left to judge by.
  public let standardError: Double?

  /// A known correction.
  ///
  /// - Parameter slope: β, score per unit of length; finite.
  public init(slope: Double) {
    requireFinite(CollectionOfOne(slope), "slopes")
    self.slope = slope
    standardError = nil
  }

  /// Fits β within prompts: on scores and lengths less the mean of their prompt.
  ///
  /// The result is `nil` where no prompt has completions of different lengths.
  ///
  /// - Parameters:
  ///   - scores: Scores of completions; finite.
  ///   - lengths: The length of each completion, in the unit in which it will be given again.
  ///   - prompts: The prompt of each completion; those with a single completion say nothing.
  public init?<Prompt: Hashable>(scores: [Double], lengths: [Double], prompts: [Prompt]) {
    requireSameCount(scores.count, prompts.count, "scores and prompts")
    let groups = GroupedRows(prompts)
    self.init(
      scores: scores.centered(within: groups), lengths: lengths.centered(within: groups),
      means: groups.count)
  }

  /// Fits β over all completions.
  ///
  /// The result is `nil` where all lengths are equal.
  ///
  /// - Parameters:
  ///   - scores: Scores of completions; finite.
  ///   - lengths: The length of each completion.
  public init?(scores: [Double], lengths: [Double]) {
    let groups = GroupedRows(scores.map { _ in 0 })
    self.init(
      scores: scores.centered(within: groups), lengths: lengths.centered(within: groups),
      means: groups.count)
  }

  /// A slope through the origin of columns from which some means have been taken.
  private init?(scores: [Double], lengths: [Double], means: Int) {
    requireSameCount(scores.count, lengths.count, "scores and lengths")
    let squares = lengths.reduce(0) { $0 + $1 * $1 }
    guard squares > 0 else { return nil }
    let slope = zip(scores, lengths).reduce(0) { $0 + $1.0 * $1.1 } / squares
    let residual = zip(scores, lengths).reduce(0) { sum, row in
      let rest = row.0 - slope * row.1
      return sum + rest * rest
    }
    let freedom = scores.count - means - 1
    self.slope = slope
    standardError = freedom > 0 ? (residual / Double(freedom) / squares).squareRoot() : nil
  }

  /// r − β·length.
  ///
  /// - Parameters:
  ///   - score: A score.
  ///   - length: The length of what was scored.
  /// - Returns: The score without what length explains.
  public func corrected(score: Double, length: Double) -> Double { score - slope * length }

  /// r − β·length of each score.
  ///
  /// - Parameters:
  ///   - scores: Scores.
  ///   - lengths: As many lengths.
  /// - Returns: The scores without what length explains.
  public func corrected(scores: [Double], lengths: [Double]) -> [Double] {
    requireSameCount(scores.count, lengths.count, "scores and lengths")
    return zip(scores, lengths).map { corrected(score: $0, length: $1) }
  }
}
