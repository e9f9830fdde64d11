public import RunRecords

/// What a training run did.
public struct TrainingSummary: Sendable {
  /// Optimizer steps taken, those before the run was resumed included.
  public internal(set) var steps = 0
  /// Items (pairs) that this process went through.
  public internal(set) var items = 0
  /// Tokens that this process went through, as `num_tokens` counts them.
  public internal(set) var tokens = 0
  /// Seconds from the first pass of the reference to the last step.
  public internal(set) var seconds = 0.0
  /// Whether the observer stopped the run before its last step, so that there is no model yet.
  public internal(set) var isStopped = false
  /// Where the last checkpoint lies that this process has saved.
  public internal(set) var checkpoint: String?
  /// The last value of each logged number, those of the evaluation included.
  public internal(set) var metrics: [MetricName: Double] = [:]

  private var before = (items: 0, tokens: 0)

  /// Adds what another run of the same command did.
  mutating func merge(_ other: TrainingSummary) {
    steps += other.steps
    items += other.items
    tokens += other.tokens
    seconds += other.seconds
    isStopped = other.isStopped
    checkpoint = other.checkpoint ?? checkpoint
    metrics.merge(other.metrics) { _, new in new }
  }

  mutating func note(_ event: TrainingEvent) {
    switch event {
    case .resumed(_, let items, let tokens):
      before = (items, tokens)
    case .stepped(_, _, _, let items, let tokens), .practised(_, _, _, _, let items, let tokens):
      (self.items, self.tokens) = (items - before.items, tokens - before.tokens)
    case .logged(let entry), .evaluated(let entry):
      metrics.merge(entry.values) { _, new in new }
    case .saved(let checkpoint):
      self.checkpoint = checkpoint.path
    case .prepared, .note, .referenceScored, .encoded, .sampled, .completions:
      break
    }
  }
}
