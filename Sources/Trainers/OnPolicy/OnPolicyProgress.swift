internal import Evaluations
internal import Objectives
internal import Rewards

/// Where a run stands: what a checkpoint keeps beside weights and moments.
///
/// Nothing random is kept: what a step draws is a function of the seed and of the step.
struct OnPolicyProgress<State: Codable>: Codable {
  /// Steps done.
  var step = 0
  /// Completions sampled.
  var completions = 0
  /// Tokens gone through, as `num_tokens` counts them.
  var tokens = 0
  /// What was measured since the last line of the log.
  var sinceLogged = MeanMetrics()
  /// β, and by which rule it moves.
  var controller: KLController
  /// What running normalizations of rewards have seen.
  var running: [String: RunningScores] = [:]
  /// The last step after which held-out prompts were looked at; −1 before the first look.
  var looked = -1
  /// The scale of rewards on held-out prompts, of the first look, where they are normalized as they run.
  var watchScale: [String: RunningScores]?
  /// What was seen on held-out prompts.
  var monitor = HackingMonitor()
  /// Whether it was said that rewards are equal.
  var hasNotedEqualRewards = false
  /// The best gold score so far, where the run may end early.
  var stopping: GoldStopping?
  /// What the method carries from step to step.
  var state: State
}
