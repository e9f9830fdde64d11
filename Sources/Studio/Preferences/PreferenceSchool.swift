internal import Sandbox

/// What is the same for all who learn preferences: the scales of features, held-out pairs, and what the
/// judge goes by.
public struct PreferenceSchool: Sendable {
  /// A usual difference of each feature: the root of the mean square over pairs.
  public let scales: [Double]
  /// The weights that fit an annotator's choices who goes by the judge.
  public let judgeWeights: [Double]
  /// Pairs that nobody learns from, and whether the judge likes the first better.
  private let heldOut: [(difference: [Double], isFirstBetter: Bool)]

  static let heldOutCount = 300
  static let lessonCount = 600

  /// A school.
  ///
  /// - Parameter seed: Decides the pairs.
  public init(seed: UInt64) {
    var source = FeaturedPairs(seed: seed, purpose: "school")
    let pairs = (0..<Self.lessonCount).map { _ in source.next() }
    let scales = AnswerFeature.allCases.indices.map { feature in
      let squares = pairs.map { $0.difference[feature] * $0.difference[feature] }
      // A feature in which no two answers differ would be of no size.
      return max(0.01, squares.reduce(0, +) / Double(pairs.count)).squareRoot()
    }
    self.scales = scales
    var learner = PreferenceLearner(scales: scales)
    let annotator = SimulatedAnnotator(name: "judge")
    learner.learn(
      pairs.map { pair in
        let side = source.judged(pair, by: annotator)
        return pair.difference.map { side == .a ? $0 : -$0 }
      })
    judgeWeights = learner.weights
    heldOut = (0..<Self.heldOutCount).map { _ in
      let pair = source.next()
      return (pair.difference, pair.first.gold > pair.second.gold)
    }
  }

  /// The share of held-out pairs whose better side a learner finds.
  ///
  /// - Parameter learner: Who has learned something.
  /// - Returns: Out of all held-out pairs; one that has no opinion is right half of the time.
  public func accuracy(of learner: PreferenceLearner) -> Double {
    let points = heldOut.reduce(0.0) { sum, pair in
      let odds = learner.logOdds(pair.difference)
      return sum + (odds == 0 ? 0.5 : (odds > 0) == pair.isFirstBetter ? 1 : 0)
    }
    return points / Double(heldOut.count)
  }
}
