/// A vote with the style of both completions: counts of tokens, headers, list items, bold spans.
public struct StyledVote<Item: Hashable & Sendable>: Sendable, Hashable {
  /// The comparison.
  public let vote: Vote<Item>
  /// Counts of the first completion, one a style.
  public let firstStyle: [Double]
  /// Counts of the second completion, one a style.
  public let secondStyle: [Double]

  /// A vote with counts.
  ///
  /// - Parameters:
  ///   - vote: The comparison.
  ///   - firstStyle: Counts of the first completion, at least 0.
  ///   - secondStyle: As many counts of the second.
  public init(_ vote: Vote<Item>, firstStyle: [Double], secondStyle: [Double]) {
    requireSameCount(firstStyle.count, secondStyle.count, "styles of the two sides")
    precondition((firstStyle + secondStyle).allSatisfy { $0 >= 0 }, "a count below 0")
    self.vote = vote
    self.firstStyle = firstStyle
    self.secondStyle = secondStyle
  }
}

/// A Bradley–Terry ranking that holds style apart from strength, as Chatbot Arena's does.
///
/// The log odds of a vote are θᵢ − θⱼ + Σ bₖ·zₖ. With counts a and b of the two sides, z is
/// (a − b)/(a + b + 1), standardized over all votes. A style in which all votes are alike has z = 0.
///
/// - SeeAlso: Tianle Li et al., Does Style Matter? Disentangling Style and Substance in Chatbot
///   Arena, LMSYS blog (2024).
public struct StyleControlledRanking<Item: Hashable & Sendable>: Sendable {
  /// The items, in order of first appearance.
  public let items: [Item]
  /// θ of each item, with mean 0.
  public let strengths: [Double]
  /// bₖ of each style, the log odds of one standard deviation of z.
  public let styleCoefficients: [Double]
  /// The standard error of each bₖ, from the penalized information.
  public let styleStandardErrors: [Double]

  /// Ranks what was voted on.
  ///
  /// - Parameters:
  ///   - votes: Comparisons, all with the same number of styles; at least one.
  ///   - l2: λ of a penalty λ/2·(Σ θ² + Σ b²) on the sum of losses; above 0, since only differences
  ///     of θ are determined.
  /// - Throws: ``EvaluationError/notConverged(what:iterations:)``.
  public init(votes: [StyledVote<Item>], l2: Double = 0.5) throws(EvaluationError) {
    precondition(l2 > 0, "l2 is \(l2), but must be above 0")
    precondition(!votes.isEmpty, "a ranking needs a vote")
    let (numbers, plain) = ItemNumbers.number(votes.map(\.vote))
    let styles = Self.standardizedStyles(of: votes)
    let rows = plain.indices.map { index in
      var row = [Double](repeating: 0, count: numbers.count)
      (row[plain[index].first], row[plain[index].second]) = (1, -1)
      return row + styles.map { $0[index] }
    }
    let likelihood = LogisticLikelihood(
      rows: rows, outcomes: plain.map(\.firstShare),
      weights: [Double](repeating: 1, count: plain.count),
      penalties: [Double](repeating: l2, count: numbers.count + styles.count))
    let optimum = try likelihood.maximum(iterations: 100)
    let covariance = optimum.information.inverse
    items = numbers.items
    strengths = Array(optimum.point.prefix(numbers.count))
    styleCoefficients = Array(optimum.point.dropFirst(numbers.count))
    styleStandardErrors = (numbers.count..<optimum.point.count).map {
      covariance[$0, $0].squareRoot()
    }
  }

  /// θ of an item.
  ///
  /// - Parameter item: Any item.
  /// - Returns: `nil` of an item that no vote names.
  public func strength(of item: Item) -> Double? {
    items.firstIndex(of: item).map { strengths[$0] }
  }

  /// One column a style: (a − b)/(a + b + 1), less its mean, by its deviation over votes.
  private static func standardizedStyles(of votes: [StyledVote<Item>]) -> [[Double]] {
    let count = votes.first?.firstStyle.count ?? 0
    precondition(votes.allSatisfy { $0.firstStyle.count == count }, "votes differ in their styles")
    return (0..<count).map { style in
      let differences = votes.map { vote in
        let (a, b) = (vote.firstStyle[style], vote.secondStyle[style])
        return (a - b) / (a + b + 1)
      }
      return ScoreNormalization(reference: differences)?.normalize(differences)
        ?? differences.map { _ in 0 }
    }
  }
}
