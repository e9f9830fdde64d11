internal import Evaluations

/// A reward that is a weighted sum of features, learned from choices: P(A ≻ B) = σ(w·(φ(A) − φ(B)))
/// (Bradley and Terry, 1952).
///
/// What is maximised is the likelihood of all choices, with λ/2·|w|² taken off: a few choices would else
/// make weights without bounds. Differences are divided by a scale of each feature first, so that weights
/// say what a usual difference is worth, in log odds.
public struct PreferenceLearner: Sendable, Equatable {
  /// What differences are divided by, feature by feature, each above 0.
  public let scales: [Double]
  /// λ.
  public let penalty: Double
  /// The weights; all 0 before the first choice.
  public private(set) var weights: [Double]

  private var differences: [[Double]] = []

  /// A learner that knows nothing.
  ///
  /// - Parameters:
  ///   - scales: What differences are divided by, feature by feature, each above 0.
  ///   - penalty: λ, at least 0.
  public init(scales: [Double], penalty: Double = 1) {
    precondition(scales.allSatisfy { $0 > 0 }, "scales are above 0")
    self.scales = scales
    self.penalty = penalty
    weights = scales.map { _ in 0 }
  }

  /// How many choices it has learned from.
  public var count: Int { differences.count }

  /// Learns from one more choice, and from all before again.
  ///
  /// - Parameter difference: The features of what was chosen less those of what was not.
  public mutating func learn(_ difference: [Double]) { learn([difference]) }

  /// Learns from more choices, and from all before again.
  ///
  /// - Parameter differences: For each choice the features of what was chosen less those of what was not.
  public mutating func learn(_ differences: [[Double]]) {
    self.differences += differences.map { scaled($0) }
    guard
      let fit = try? LogisticRegression(
        predictors: scales.indices.map { feature in self.differences.map { $0[feature] } },
        outcomes: self.differences.map { _ in 1 }, l2: penalty, constant: .zero)
    else { return }  // Without a penalty, choices that nothing contradicts have no best weights.
    weights = fit.coefficients
  }

  /// The log odds that the first of two answers is better.
  ///
  /// - Parameter difference: The features of the first less those of the second.
  /// - Returns: w·difference, above 0 where the first is better.
  public func logOdds(_ difference: [Double]) -> Double {
    zip(weights, scaled(difference)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func scaled(_ difference: [Double]) -> [Double] {
    zip(difference, scales).map { $0 / $1 }
  }
}
