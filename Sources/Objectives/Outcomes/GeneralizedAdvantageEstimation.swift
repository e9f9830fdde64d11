/// How much better each action of an episode turned out than the value function had expected.
///
/// With rewards r_t, values V_t of the states in which the actions were taken, t = 0 … T − 1, and the
/// value V_T of the state after the last action:
///
///     δ_t = r_t + γ V_{t+1} − V_t
///     A_t = δ_t + γλ A_{t+1},  A_T = 0
///     R_t = A_t + V_t
///
/// Schulman et al. (2016, arXiv:1506.02438), equation 16. λ = 0 leaves the TD error δ_t, of little
/// variance and the value function's bias; λ = 1 leaves the discounted sum of rewards minus V_t,
/// without that bias.
///
/// An episode is the sequence of its *actions*, the tokens that the policy sampled. Tokens of others,
/// such as a user's turn between two of the policy's, are no entries here: the next state after the
/// last token of a turn is the one before the first token of the policy's next turn.
///
///     let gae = GeneralizedAdvantageEstimation(discount: 1, trace: 0.5)
///     let estimate = gae.evaluate(rewards: [0, 0, 1], values: [0.5, 0.5, 0.5], end: .terminated)
///     estimate.advantages  // [0.125, 0.25, 0.5]
public struct GeneralizedAdvantageEstimation: Equatable, Sendable {
  /// Why an episode has no further action.
  public enum End: Equatable, Sendable {
    /// It is over, and so V_T = 0.
    case terminated
    /// It was cut short, by a limit of time or length that is no part of the task: what would have
    /// followed is worth V_T.
    case truncated(bootstrap: Double)
  }

  /// γ, what a reward is worth one action later, from 0 to 1.
  public let discount: Double
  /// λ, how far beyond the next value the rewards themselves are trusted, from 0 to 1.
  public let trace: Double

  /// An estimator of advantages.
  ///
  /// - Parameters:
  ///   - discount: γ, from 0 to 1; by custom 1 for completions.
  ///   - trace: λ, from 0 to 1.
  public init(discount: Double = 1, trace: Double = 0.95) {
    precondition((0...1).contains(discount), "γ is \(discount), but must be from 0 to 1")
    precondition((0...1).contains(trace), "λ is \(trace), but must be from 0 to 1")
    self.discount = discount
    self.trace = trace
  }

  /// The advantages of one episode.
  ///
  /// - Parameters:
  ///   - rewards: r_t, what each action earned.
  ///   - values: V_t, what was expected before each action.
  ///   - end: Why the episode has no further action.
  /// - Returns: Advantages and returns, one an action; constants for the losses that use them.
  public func evaluate(rewards: [Double], values: [Double], end: End) -> AdvantageEstimate {
    precondition(
      rewards.count == values.count, "\(values.count) values for \(rewards.count) rewards")
    var nextValue =
      switch end {
      case .terminated: 0.0
      case .truncated(let bootstrap): bootstrap
      }
    var advantages = [Double](repeating: 0, count: rewards.count)
    var nextAdvantage = 0.0
    for time in rewards.indices.reversed() {
      let error = rewards[time] + discount * nextValue - values[time]
      nextAdvantage = error + discount * trace * nextAdvantage
      nextValue = values[time]
      advantages[time] = nextAdvantage
    }
    return AdvantageEstimate(
      advantages: advantages, returns: zip(advantages, values).map { $0 + $1 })
  }
}
