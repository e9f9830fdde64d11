#if LibTorch
  import Rewards
  import Trainers

  /// 1 for completions that have one of some letters.
  struct LetterReward: Reward {
    var name = "letters"
    var letters: Set<Character> = ["o"]

    func scores(of batch: [RewardedCompletion]) async throws -> [Double?] {
      batch.map { $0.completion.contains { letters.contains($0) } ? 1 : 0 }
    }
  }

  /// What a closure says, which is told how often it was asked before.
  final class ScriptedReward: Reward {
    let name = "scripted"
    private var calls = 0
    private let script: (_ call: Int, [RewardedCompletion]) throws -> [Double?]

    init(_ script: @escaping (_ call: Int, [RewardedCompletion]) throws -> [Double?]) {
      self.script = script
    }

    func scores(of batch: [RewardedCompletion]) async throws -> [Double?] {
      defer { calls += 1 }
      return try script(calls, batch)
    }
  }

  /// What scripted rewards and judges throw.
  struct Unavailable: Error, Equatable {}

  extension OnPolicyRewards {
    /// A rule, and the same rule as the judge.
    static func letters(_ letters: Set<Character> = ["o"]) -> OnPolicyRewards {
      .only(LetterReward(letters: letters), judge: LetterReward(letters: letters))
    }

    /// One reward, and maybe a judge.
    static func only(_ reward: any Reward, judge: (any Reward)? = nil) -> OnPolicyRewards {
      only(RewardPart(reward), judge: judge)
    }

    static func only(_ part: RewardPart, judge: (any Reward)? = nil) -> OnPolicyRewards {
      func composite(_ part: RewardPart) -> CompositeReward {
        guard let reward = try? CompositeReward([part]) else {
          preconditionFailure("a reward of one part")
        }
        return reward
      }
      return OnPolicyRewards(
        reward: composite(part), judge: judge.map { composite(RewardPart($0)) })
    }
  }
#endif
