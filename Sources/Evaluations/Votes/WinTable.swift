import Objectives

/// How often each item has won against each other, ties counted half for both.
struct WinTable {
  /// Row: winner, column: loser.
  private(set) var wins: Matrix

  init(_ votes: some Sequence<NumberedVote>, items: Int) {
    wins = Matrix(rows: items, columns: items)
    for vote in votes {
      wins[vote.first, vote.second] += vote.firstShare
      wins[vote.second, vote.first] += 1 - vote.firstShare
    }
  }

  var count: Int { wins.rows }

  /// Whom each item has beaten.
  var edges: [[Int]] {
    (0..<count).map { winner in (0..<count).filter { wins[winner, $0] > 0 } }
  }

  /// The likeliest θ, with mean 0.
  ///
  /// A logistic regression in which each pair of items is one row, +1 and −1 at its items. Without
  /// a penalty the last item is held at 0, as only differences are determined.
  func strengths(l2: Double) throws(EvaluationError) -> [Double] {
    let free = l2 == 0 ? count - 1 : count
    guard free > 0 else { return [Double](repeating: 0, count: count) }
    let pairs = comparedPairs
    let rows = pairs.map { pair in
      var row = [Double](repeating: 0, count: count)
      (row[pair.first], row[pair.second]) = (1, -1)
      return Array(row.prefix(free))
    }
    let likelihood = LogisticLikelihood(
      rows: rows, outcomes: pairs.map { wins[$0.first, $0.second] / $0.votes },
      weights: pairs.map(\.votes), penalties: [Double](repeating: l2, count: free))
    let point = try likelihood.maximum(iterations: 100).point
    let all = point + [Double](repeating: 0, count: count - free)
    let mean = all.reduce(0, +) / Double(count)
    return all.map { $0 - mean }
  }

  /// The pseudo-inverse of the Fisher information F at θ, or the inverse of F + λ·1 with a penalty.
  ///
  /// F is a graph's Laplacian, whose null space of a connected graph is (1, …, 1): with J all ones,
  /// F⁺ = (F + J/n)⁻¹ − J/n.
  func covariance(of strengths: [Double], l2: Double) throws(EvaluationError) -> Matrix {
    var information = Matrix(rows: count, columns: count)
    for (first, second, votes) in comparedPairs {
      let difference = strengths[first] - strengths[second]
      let weight = votes * sigmoid(difference) * sigmoid(-difference)
      information[first, first] += weight
      information[second, second] += weight
      information[first, second] -= weight
      information[second, first] -= weight
    }
    let ones = 1 / Double(count)
    if l2 > 0 { information.addToDiagonal(l2) } else { information.addToAll(ones) }
    guard let factor = CholeskyFactor(information) else { throw .separable }
    var covariance = factor.inverse
    if l2 == 0 { covariance.addToAll(-ones) }
    return covariance
  }

  private var comparedPairs: [(first: Int, second: Int, votes: Double)] {
    var pairs: [(Int, Int, Double)] = []
    for first in 0..<count {
      for second in (first + 1)..<max(first + 1, count) {
        let votes = wins[first, second] + wins[second, first]
        if votes > 0 { pairs.append((first, second, votes)) }
      }
    }
    return pairs
  }
}
