/// Where training on preference pairs stands: what a checkpoint keeps beside weights and moments.
struct TrainingProgress: Codable {
  /// Optimizer steps done.
  var step = 0
  /// Pairs gone through.
  var items = 0
  /// Tokens gone through, as `num_tokens` counts them.
  var tokens = 0
  /// What was measured since the last line of the log.
  var sinceLogged = PairMetrics()
}
