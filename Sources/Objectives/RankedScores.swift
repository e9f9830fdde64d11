/// The scores of one prompt's completions, and how a judge ranked them.
public struct RankedScores: Equatable, Sendable {
  /// The score of each completion, at least two.
  public let scores: [Double]
  /// The rank of each completion: lower is better, equal is a tie; only their order counts.
  public let ranks: [Int]

  /// Joins scores and ranks.
  ///
  /// - Parameters:
  ///   - scores: The score of each completion, at least two.
  ///   - ranks: The rank of each completion, lower being better.
  public init(scores: [Double], ranks: [Int]) {
    precondition(
      scores.count >= 2 && scores.count == ranks.count,
      "\(scores.count) scores for \(ranks.count) ranks")
    self.scores = scores
    self.ranks = ranks
  }

  /// Every pair that is no tie: the index of the better completion and that of the worse.
  var comparisons: [(better: Int, worse: Int)] {
    ranks.indices.flatMap { better in below(better).map { (better, $0) } }
  }

  /// The indices of the completions that are ranked strictly below one.
  func below(_ completion: Int) -> [Int] {
    ranks.indices.filter { ranks[$0] > ranks[completion] }
  }
}
