/// What can be recorded about a run, by the name of its file.
public enum EvaluationKind: String, Sendable, Hashable, CaseIterable {
  /// Beside other models: `attune evaluate compare`.
  case compare
  /// The reward model: `attune evaluate reward`.
  case reward
  /// How well it predicts texts: `attune evaluate perplexity`.
  case perplexity
  /// Whether it exploited its reward: `attune evaluate hacking`.
  case hacking
  /// What people say about it: `{"mean": 4.2, "count": 30}`, on a scale from 1 to 5.
  case satisfaction
  /// How often it was safe: `{"pass_rate": 0.97, "count": 200}`.
  case safety
}
