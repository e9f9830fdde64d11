import Foundation
import Rewards
import Sampling

/// Rewards of sampled completions, some prompts at a time.
struct CompletionRewarding {
  /// What was seen of one reward.
  struct Part {
    let name: String
    /// The sum of its scores, before normalization and weights.
    var sum = 0.0
    /// How many completions it said something about.
    var count = 0
  }

  private var reward: CompositeReward
  /// What was seen of each reward.
  private(set) var parts: [Part]

  /// Completions that are handed over together: few enough for a program's time limit, and always the
  /// same, so that rewards do not depend on how completions were sampled.
  private static let batchSize = 64

  /// Nothing is rewarded yet.
  init(_ reward: CompositeReward) {
    self.reward = reward
    parts = reward.parts.map { Part(name: $0.reward.name) }
  }

  /// Rewards the completions of all prompts.
  ///
  /// - Parameters:
  ///   - completions: For each prompt its completions.
  ///   - prompts: The prompts.
  ///   - unwritten: What is not there if a signal stops the work.
  /// - Returns: For each prompt its completions with their rewards.
  /// - Throws: What a reward throws; ``Failure`` where a signal has asked to stop.
  mutating func groups(
    _ completions: [[SampledCompletion]], of prompts: [TextPrompt], unwritten: String
  ) async throws -> [RewardedGroup] {
    let progress = TerminalProgress(
      on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 10)
    let start = ContinuousClock.now
    let total = completions.reduce(0) { $0 + $1.count }
    var groups: [RewardedGroup] = []
    var done = 0
    while groups.count < prompts.count {
      let batch = groups.count..<end(of: groups.count, completions)
      do {
        groups += try await rewarded(Array(zip(prompts[batch], completions[batch])))
      } catch {
        progress.clear()
        throw error
      }
      done += completions[batch].reduce(0) { $0 + $1.count }
      progress.update(
        ProgressSnapshot(
          activity: "rewarding", step: done, total: total, elapsed: ContinuousClock.now - start),
        at: .now)
      if let signal = Interruption.requested {
        progress.clear()
        throw Failure(
          signal.exitStatus,
          "stopped after the rewards of \(done) of \(total) completions; \(unwritten) was not written"
        )
      }
    }
    progress.finish()
    return groups
  }

  /// Where the batch ends that begins with a prompt.
  private func end(of start: Int, _ completions: [[SampledCompletion]]) -> Int {
    var (end, count) = (start + 1, completions[start].count)
    while end < completions.count, count + completions[end].count <= Self.batchSize {
      count += completions[end].count
      end += 1
    }
    return end
  }

  private mutating func rewarded(
    _ batch: [(prompt: TextPrompt, completions: [SampledCompletion])]
  ) async throws -> [RewardedGroup] {
    let scores = try await reward.evaluate(
      batch.flatMap { prompt, completions in completions.map { prompt.rewarded($0) } })
    for (index, part) in scores.parts.enumerated() {
      let known = part.raw.compactMap(\.self)
      parts[index].sum += known.reduce(0, +)
      parts[index].count += known.count
    }
    var totals = scores.totals[...]
    return batch.map { prompt, completions in
      defer { totals = totals.dropFirst(completions.count) }
      return RewardedGroup(
        prompt: prompt.text, completions: completions,
        rewards: Array(totals.prefix(completions.count)))
    }
  }
}

extension TextPrompt {
  /// A completion of the prompt as rewards look at it.
  fileprivate func rewarded(_ completion: SampledCompletion) -> RewardedCompletion {
    RewardedCompletion(
      prompt: text, completion: completion.text, tokenCount: completion.sample.tokens.count,
      isFinished: completion.sample.finishReason == .stop, fields: fields)
  }
}
