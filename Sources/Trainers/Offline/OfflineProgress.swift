/// Where a run stands: what a checkpoint keeps beside weights and moments.
struct OfflineProgress<Method: OfflineMethod>: Codable {
  /// Optimizer steps done.
  var step = 0
  /// Items gone through.
  var items = 0
  /// Tokens gone through, as `num_tokens` counts them.
  var tokens = 0
  /// What was measured since the last line of the log.
  var sinceLogged = Method.Metrics()
  /// The lowest held-out loss so far.
  var evaluations = EarlyStopping.Record()
  /// What the method carries from step to step.
  var state: Method.State
}
