/// A penalty on a reward model whose score changes with what should not matter.
///
/// A completion y and a copy y′ of it, paraphrased or with some tokens dropped, deserve about the same
/// score:
///
///     L = λ (r(x, y) − r(x, y′))²        dL/dr = 2 λ (r − r′) = −dL/dr′
///
/// It is the consistency regularization of Sajjadi et al. (2016, arXiv:1606.04586), on scores.
///
///     let outcome = SmoothnessPenalty(coefficient: 0.5).evaluate(scores: [1], perturbed: [3])
///     outcome.values  // [2]
public struct SmoothnessPenalty: Equatable, Sendable {
  /// λ, how much the penalty counts, at least 0.
  public let coefficient: Double

  /// A penalty.
  ///
  /// - Parameter coefficient: How much it counts, at least 0.
  public init(coefficient: Double) {
    precondition(
      coefficient >= 0 && coefficient.isFinite,
      "the smoothness coefficient is \(coefficient), but must be at least 0")
    self.coefficient = coefficient
  }

  /// What the penalty is for a batch; all arrays have one entry a completion.
  public struct Outcome: Equatable, Sendable {
    /// The penalty of each completion, its weight included.
    public let values: [Double]
    /// The gradient of the sum of ``values`` by each completion's score.
    public let byScore: [Double]
    /// The gradient by the score of each perturbed copy.
    public let byPerturbedScore: [Double]
  }

  /// The penalty of each completion and the gradient of their sum.
  ///
  /// - Parameters:
  ///   - scores: The score of each completion.
  ///   - perturbed: The score of each completion's copy.
  ///   - weights: How much each completion counts; `nil` for 1.
  /// - Returns: Values and the gradient by both scores.
  public func evaluate(
    scores: [Double], perturbed: [Double], weights: [Double]? = nil
  ) -> Outcome {
    precondition(
      scores.count == perturbed.count, "\(scores.count) scores for \(perturbed.count) copies")
    let terms = zip(scores, perturbed)
      .map { score, copy in
        let change = score - copy
        return PairTerm(
          value: coefficient * change * change, margin: 2 * coefficient * change)
      }
      .weighted(by: weights)
    return Outcome(
      values: terms.values, byScore: terms.map(\.chosen), byPerturbedScore: terms.map(\.rejected))
  }
}
