public import RunRecords

/// What a training run did.
public struct TrainingSummary: Sendable {
  /// Optimizer steps taken.
  public internal(set) var steps = 0
  /// Items (pairs) gone through.
  public internal(set) var items = 0
  /// Tokens gone through, as `num_tokens` counts them.
  public internal(set) var tokens = 0
  /// Seconds from the first pass of the reference to the last step.
  public internal(set) var seconds = 0.0
  /// Whether the observer stopped the run before its last step.
  public internal(set) var isStopped = false
  /// The last value of each logged number, those of the evaluation included.
  public internal(set) var metrics: [MetricName: Double] = [:]

  mutating func note(_ event: TrainingEvent) {
    switch event {
    case .stepped(_, _, _, let items, let tokens):
      (self.items, self.tokens) = (items, tokens)
    case .logged(let entry), .evaluated(let entry):
      metrics.merge(entry.values) { _, new in new }
    case .prepared, .note, .referenceScored:
      break
    }
  }
}
