/// Ends a run whose held-out loss no longer falls, and keeps the model of its lowest point.
struct EarlyStopping {
  /// How many evaluations in a row may pass without a new lowest loss.
  let patience: Int

  /// The lowest held-out loss so far, and what came after it; a checkpoint keeps it.
  struct Record: Codable, Equatable {
    /// The lowest loss, and the step after which it was measured.
    private(set) var best: Best?
    /// Evaluations since then.
    private(set) var evaluationsSince = 0

    /// An evaluation that none was better than.
    struct Best: Codable, Equatable {
      let step: Int
      let loss: Double
    }

    /// Takes in an evaluation.
    ///
    /// - Returns: Whether the loss is the lowest so far. The first one is, unless it is no number.
    mutating func add(loss: Double, after step: Int) -> Bool {
      guard loss < best?.loss ?? .infinity else {
        evaluationsSince += 1
        return false
      }
      best = Best(step: step, loss: loss)
      evaluationsSince = 0
      return true
    }
  }

  /// Whether the run is to end.
  func isExhausted(_ record: Record) -> Bool { record.evaluationsSince >= patience }
}
