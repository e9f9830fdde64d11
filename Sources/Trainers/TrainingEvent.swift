public import PreferenceData
public import RunRecords

/// What a training run tells while it goes on. Who prints, stores or draws it is elsewhere.
public enum TrainingEvent: Sendable {
  /// The data is read: pairs to train on, pairs held out, rows left out.
  case prepared(training: Int, heldOut: Int, dropped: DroppedRows)
  /// Something that a person should know and that does not stop the run, as a sentence.
  case note(String)
  /// Pairs scored by the reference, of those that are not in its cache.
  case referenceScored(done: Int, total: Int, cached: Int)
  /// An optimizer step is done; `items` pairs and `tokens` tokens since the start.
  case stepped(step: Int, total: Int, loss: Double, items: Int, tokens: Int)
  /// Numbers to be logged, of the steps since the last such event.
  case logged(MetricsEntry)
  /// The held-out pairs were evaluated after a step; names begin with `eval_`.
  case evaluated(MetricsEntry)
}

/// What an observer answers to an event.
public enum TrainingDisposition: Sendable {
  /// Go on.
  case proceed
  /// Finish the step and leave with what there is.
  case stop
}
