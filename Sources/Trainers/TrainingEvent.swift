public import PreferenceData
public import RunRecords

/// What a training run tells while it goes on. Who prints, stores or draws it is elsewhere.
public enum TrainingEvent: Sendable {
  /// The data is read: pairs to train on, pairs held out, rows left out.
  case prepared(training: Int, heldOut: Int, dropped: DroppedRows)
  /// Something that a person should know and that does not stop the run, as a sentence.
  case note(String)
  /// The run goes on from a checkpoint: steps, pairs and tokens that were done before.
  case resumed(step: Int, items: Int, tokens: Int)
  /// Pairs scored by the reference, of those that are not in its cache.
  case referenceScored(done: Int, total: Int, cached: Int)
  /// Items whose hidden states are computed, of all: the backbone stays as it is.
  case encoded(done: Int, total: Int)
  /// Completions that are sampled, of those that the step or the evaluation samples.
  case sampled(done: Int, total: Int)
  /// Some of the completions that a step has sampled.
  case completions([SampleRecord])
  /// An optimizer step is done; `items` pairs and `tokens` tokens since the start.
  case stepped(step: Int, total: Int, loss: Double, items: Int, tokens: Int)
  /// A step on what the policy itself said is done: the mean reward of its completions, their mean KL
  /// from the reference where it was asked, and `items` completions and `tokens` tokens since the start.
  case practised(
    step: Int, total: Int, reward: Double?, divergence: Double?, items: Int, tokens: Int)
  /// Numbers to be logged, of the steps since the last such event.
  case logged(MetricsEntry)
  /// The held-out pairs were evaluated after a step; names begin with `eval_`.
  case evaluated(MetricsEntry)
  /// A checkpoint was saved after a step.
  case saved(Checkpoint)
}

/// What an observer answers to an event.
public enum TrainingDisposition: Sendable {
  /// Go on.
  case proceed
  /// Finish the step, save a checkpoint and leave.
  case stop
}
