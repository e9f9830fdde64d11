/// How a run ended.
struct RunEnding {
  /// Steps done, those before it was resumed included.
  var steps: Int
  /// Whether nothing is left to do.
  var isComplete: Bool
  /// The step whose checkpoint is the model, where a later one is worse; 0 for the model that the run
  /// started from.
  var bestStep: Int?
}

/// Whether something is to be done after a step; an interval of 0, or none, is never.
func isDue(_ interval: Int?, _ step: Int) -> Bool {
  interval.map { $0 > 0 && step.isMultiple(of: $0) } ?? false
}

func || (a: TrainingDisposition, b: TrainingDisposition) -> TrainingDisposition {
  a == .stop ? .stop : b
}

/// What gradients are multiplied by so that their norm is at most `limit`; 0 switches clipping off.
///
/// The 10⁻⁶ is that of `torch.nn.utils.clip_grad_norm_`.
func clippingFactor(norm: Double, limit: Double) -> Double {
  limit > 0 ? min(1, limit / (norm + 1e-6)) : 1
}
