internal import Objectives
internal import Tokenization

/// A completion that the policy has sampled, or an episode of several, with all that was known of it
/// then.
struct Experience: Sendable, Equatable {
  /// What the policy said before somebody else spoke, or nobody did.
  struct Turn: Sendable, Equatable {
    /// All that was said before, as text: what the turn answers.
    let context: String
    /// What the policy said, without what ended it.
    let text: String
    /// Its tokens, the end of sequence among them.
    let tokenCount: Int
    /// Whether it ended by itself; false where a limit of length cut it.
    let isFinished: Bool
    /// What it is worth; `nil` where no reward has anything to say.
    var reward: Double?
  }

  /// Which of the training prompts was answered.
  let prompt: Int
  /// The prompt and what was said; the policy's own tokens are scored.
  let sequence: PackedBatch.Sequence
  /// log π_old of each scored token under the policy that sampled it, in nats.
  let behavior: [Double]
  /// log π_ref of each scored token, in nats, where the reference was asked.
  var reference: [Double]?
  /// The turns of the policy, in order; one for a completion.
  var turns: [Turn]
  /// Whether a limit of turns, which is no part of the task, cut the episode: what would have come is
  /// then worth its value.
  var isCutShort = false

  /// What the policy said last, without what ended it.
  var text: String { turns.last?.text ?? "" }

  /// Whether every turn ended by itself.
  var isFinished: Bool { turns.allSatisfy(\.isFinished) }

  /// Σ of what the turns are worth; `nil` where no reward has anything to say.
  var reward: Double? {
    let rewards = turns.compactMap(\.reward)
    return rewards.isEmpty ? nil : rewards.reduce(0, +)
  }

  /// Σ_t (log π_old − log π_ref), in nats; `nil` where the reference was not asked.
  var divergence: Double? {
    reference.map { zip(behavior, $0).reduce(0) { $0 + $1.0 - $1.1 } }
  }

  /// The reward of each token: what its turn is worth at the last one, less the KL penalty.
  ///
  ///     r_t = [t ends a turn] s − β KL_t
  ///
  /// - Parameters:
  ///   - rewards: How rewards are handed out.
  ///   - klCoefficient: β.
  /// - Returns: One reward a scored token.
  func tokenRewards(_ rewards: TokenRewards, klCoefficient: Double) -> TokenRewards.Outcome {
    var (earlier, end) = ([(place: Int, score: Double)](), 0)
    for turn in turns.dropLast() {
      end += turn.tokenCount
      if let reward = turn.reward { earlier.append((end - 1, reward)) }
    }
    return rewards.evaluate(
      score: turns.last?.reward ?? 0, hasEnd: true, policy: behavior, reference: reference,
      klCoefficient: klCoefficient, earlier: earlier)
  }
}
