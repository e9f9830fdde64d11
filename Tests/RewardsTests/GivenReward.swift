import Rewards

/// A reward that reads its score from the completion: a number, or nothing to say.
struct GivenReward: Reward {
  var name = "given"

  func scores(of batch: [RewardedCompletion]) -> [Double?] {
    batch.map { Double($0.completion) }
  }
}

/// A reward that forgets a completion.
struct ForgetfulReward: Reward {
  let name = "forgetful"

  func scores(of batch: [RewardedCompletion]) -> [Double?] {
    Array(repeating: 0, count: batch.count - 1)
  }
}

/// Completions whose texts say their scores.
func completions(_ texts: String..., likelihood: Double? = nil) -> [RewardedCompletion] {
  texts.map {
    RewardedCompletion(prompt: "p", completion: $0, referenceLogProbability: likelihood)
  }
}

/// Whether two lists agree to rounding, in what is nil too.
func isClose(_ seen: [Double?], _ expected: [Double?]) -> Bool {
  seen.count == expected.count
    && zip(seen, expected).allSatisfy { seen, expected in
      switch (seen, expected) {
      case (nil, nil): true
      case (let seen?, let expected?): abs(seen - expected) < 1e-12
      default: false
      }
    }
}
