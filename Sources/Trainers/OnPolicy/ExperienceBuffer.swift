internal import LanguageModels
internal import Objectives
internal import PreferenceData
internal import Tokenization

/// What was sampled in a step: completions, those of one prompt side by side.
///
/// It is a value: trainers read it in any order and as often as they like, and it is gone with the step.
struct ExperienceBuffer: Sendable, Equatable {
  /// Completions, group after group.
  var experiences: [Experience]
  /// Where the completions of each prompt lie.
  let groups: [Range<Int>]

  /// Takes groups of completions.
  ///
  /// - Parameter groups: For each prompt its completions; none is without tokens.
  init(_ groups: [[Experience]]) {
    experiences = groups.flatMap(\.self)
    var start = 0
    self.groups = groups.map { group in
      defer { start += group.count }
      return start..<start + group.count
    }
  }

  /// How many completions there are.
  var count: Int { experiences.count }

  /// Tokens of all sequences, prompts included, as `num_tokens` counts them.
  var tokenCount: Int { experiences.reduce(0) { $0 + $1.sequence.ids.count } }

  /// The optimizer batches of one pass over the buffer.
  ///
  /// Groups are shuffled whole, and cut into batches of one size afterwards: completions of a prompt stay
  /// together, so that it is computed once for them.
  ///
  /// - Parameters:
  ///   - count: How many batches.
  ///   - generator: Draws the order; `nil` for that of the buffer.
  /// - Returns: For each batch, indices of its completions.
  func batches(_ count: Int, shuffledBy generator: SeededGenerator?) -> [[Int]] {
    var generator = generator
    let order = generator?.permutation(of: groups.count) ?? Array(groups.indices)
    let indices = order.flatMap { Array(groups[$0]) }
    return indices.grouped(by: max(1, (indices.count + count - 1) / count))
  }

  /// How many batches ``batches(_:shuffledBy:)`` makes: fewer than asked for where there are too few
  /// completions, as in the last step of an epoch.
  func batchCount(_ count: Int) -> Int { batches(count, shuffledBy: nil).count }

  /// A batch, in parts whose graphs fit in memory.
  func parts(of batch: [Int], _ microbatches: Microbatches) -> [[Int]] {
    var costs: [Int: Int] = [:]
    for (place, index) in batch.enumerated() {
      let sequence = experiences[index].sequence
      let isShared = place > 0 && experiences[batch[place - 1]].prompt == experiences[index].prompt
      costs[index] = sequence.ids.count - (isShared ? sequence.completionStart : 0)
    }
    return microbatches.split(batch) { costs[$0] ?? 0 }
  }

  /// Some completions as a batch for a model; neighbours that answer one prompt share it.
  func packed(_ indices: [Int]) -> PackedBatch {
    PackedBatch(groupedByPrompt(indices).map { $0.map { experiences[$0].sequence } })
  }

  /// Neighbours that answer one prompt, as groups.
  func groupedByPrompt(_ indices: [Int]) -> [[Int]] {
    indices.reduce(into: []) { groups, index in
      if let last = groups.last?.last, experiences[last].prompt == experiences[index].prompt {
        groups[groups.count - 1].append(index)
      } else {
        groups.append([index])
      }
    }
  }

  /// What losses look at.
  ///
  /// - Parameters:
  ///   - indices: Which completions, in the order of `policy`.
  ///   - policy: log π of their scored tokens, in nats.
  /// - Returns: The columns; a reference where all of them have one.
  func policyTokens(of indices: [Int], policy: [Float]) -> PolicyTokens {
    let part = indices.map { experiences[$0] }
    let references = part.compactMap(\.reference)
    return PolicyTokens(
      policy: policy.map(Double.init), behavior: part.flatMap(\.behavior),
      reference: references.count == part.count ? references.flatMap(\.self) : nil,
      tokenCounts: part.map(\.behavior.count))
  }

  /// The rewards of all completions, group by group.
  var groupedRewards: [[Double?]] { groups.map { experiences[$0].map(\.reward) } }

  /// Mean over completions of the divergence from the reference, in nats; `nil` without one.
  var meanDivergence: Double? {
    let all = experiences.compactMap(\.divergence)
    return all.isEmpty ? nil : all.reduce(0, +) / Double(all.count)
  }
}
