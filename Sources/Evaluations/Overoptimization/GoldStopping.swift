/// Ends a run whose gold score no longer improves, and remembers the step whose model to restore.
public struct GoldStopping: Sendable, Hashable, Codable {
  /// How many evaluations in a row may pass without a new best.
  public let patience: Int
  /// The best evaluation so far; of equal ones the first.
  public private(set) var best: Best?
  /// Evaluations since the best.
  public private(set) var evaluationsSinceBest = 0

  /// An evaluation that none was better than.
  public struct Best: Sendable, Hashable, Codable {
    /// The step after which it was made.
    public let step: Int
    /// Its gold score.
    public let gold: Double
  }

  /// What to do after an evaluation.
  public enum Decision: Sendable, Hashable {
    /// The best so far: keep this model.
    case keep
    /// No improvement, but not for long: go on.
    case proceed
    /// No improvement for as long as patience lasts: restore the model of this step.
    case stop(restoring: Int)
  }

  /// Waits for a new best.
  ///
  /// - Parameter patience: How many evaluations in a row may pass without one, at least 1.
  public init(patience: Int) {
    precondition(patience > 0, "a patience of \(patience) evaluations")
    self.patience = patience
  }

  /// Takes in an evaluation.
  ///
  /// - Parameters:
  ///   - gold: The gold score on fixed prompts; finite.
  ///   - step: The step after which it was made.
  /// - Returns: What to do.
  public mutating func add(gold: Double, step: Int) -> Decision {
    requireFinite(CollectionOfOne(gold), "gold scores")
    if let best, gold <= best.gold {
      evaluationsSinceBest += 1
      return evaluationsSinceBest >= patience ? .stop(restoring: best.step) : .proceed
    }
    best = Best(step: step, gold: gold)
    evaluationsSinceBest = 0
    return .keep
  }
}
