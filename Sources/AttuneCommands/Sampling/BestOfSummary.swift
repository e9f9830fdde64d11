import Evaluations

/// What choosing the best of n completions has gained, and what it may have cost.
struct BestOfSummary {
  private let n: Int
  private let parts: [CompletionRewarding.Part]
  /// Rewards of all completions that have one.
  private let rewards: [Double]
  /// Rewards of the best ones.
  private let best: [Double]
  private let prompts: Int

  /// The summary of all prompts.
  ///
  /// - Parameters:
  ///   - groups: At least one, of the same number of completions each.
  ///   - parts: What was seen of each reward.
  init(_ groups: [RewardedGroup], parts: [CompletionRewarding.Part]) {
    n = groups[0].completions.count
    self.parts = parts
    rewards = groups.flatMap { $0.rewards.compactMap(\.self) }
    best = groups.compactMap { group in group.best.flatMap { group.rewards[$0] } }
    prompts = groups.count
  }

  /// For the person at the terminal, a line each.
  var notes: [String] {
    var notes: [String] = []
    if let mean = Self.mean(rewards), let best = Self.mean(best) {
      let (mean, best) = (number(mean), number(best))
      notes.append("mean reward of all completions \(mean), of the best of \(n) \(best)")
    }
    if prompts > best.count {
      notes.append("\(prompts - best.count) of \(prompts) prompts have no completion with a reward")
    }
    notes.append(
      "KL of the best of \(n) from what was drawn from: at most \(number(BestOfN.divergenceBound(n: n))) "
        + "nats a completion, and that much where no two completions have the same reward")
    return notes
  }

  /// Adds the figures for programs.
  func add(to report: inout JSONReport) {
    report.add("mean_reward", Self.mean(rewards) ?? .nan)
    report.add("mean_best_reward", Self.mean(best) ?? .nan)
    report.add("kl_bound", BestOfN.divergenceBound(n: n))
    report.add("prompts_without_reward", prompts - best.count)
    var means = JSONReport()
    for part in parts { means.add(part.name, part.sum / Double(part.count)) }
    report.add("mean_rewards", means)
  }

  private static func mean(_ values: [Double]) -> Double? { MeanVariance(values).mean }

  private func number(_ value: Double) -> String { NumberText.significant(value, digits: 4) }
}
