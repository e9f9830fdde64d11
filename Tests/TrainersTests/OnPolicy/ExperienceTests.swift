#if LibTorch
  import Objectives
  import PreferenceData
  import Testing
  import Tokenization

  @testable import Trainers

  @Suite("The experience buffer")
  struct ExperienceTests {
    /// A completion of some tokens, the prompt's among them.
    private func experience(
      prompt: Int, ids: ClosedRange<Int32>, start: Int = 1, reward: Double? = nil
    ) -> Experience {
      let ids = Array(ids)
      let count = ids.count - start
      return Experience(
        prompt: prompt,
        sequence: .init(prompt: Array(ids[..<start]), completion: Array(ids[start...])),
        behavior: (0..<count).map { -0.1 * Double($0 + 1) }, reference: nil,
        turns: [
          .init(context: "", text: "", tokenCount: count, isFinished: true, reward: reward)
        ])
    }

    private var buffer: ExperienceBuffer {
      ExperienceBuffer([
        [experience(prompt: 4, ids: 0...3), experience(prompt: 4, ids: 0...5)],
        [experience(prompt: 2, ids: 10...12), experience(prompt: 2, ids: 10...14)],
        [experience(prompt: 7, ids: 20...22), experience(prompt: 7, ids: 20...29)],
      ])
    }

    @Test("counts completions and tokens, and knows its groups")
    func counts() {
      #expect(buffer.count == 6)
      #expect(buffer.groups == [0..<2, 2..<4, 4..<6])
      #expect(buffer.tokenCount == 4 + 6 + 3 + 5 + 3 + 10)
      #expect(ExperienceBuffer([]).count == 0)
    }

    @Test("batches have each completion once, and prompts stay together", arguments: [1, 2, 3, 6])
    func batches(count: Int) {
      #expect(buffer.batches(1, shuffledBy: nil) == [Array(0..<6)])
      var orders: Set<[Int]> = []
      for seed in 0..<20 {
        let batches = buffer.batches(count, shuffledBy: SeededGenerator(seed: UInt64(seed)))
        #expect(batches.count == count)
        #expect(batches.allSatisfy { $0.count == 6 / count })
        let order = batches.flatMap(\.self)
        #expect(order.sorted() == Array(0..<6))
        // Neighbours in pairs: groups are shuffled, not what is in them.
        for pair in stride(from: 0, to: 6, by: 2) {
          #expect(order[pair] % 2 == 0 && order[pair + 1] == order[pair] + 1)
        }
        orders.insert(order)
        #expect(batches == buffer.batches(count, shuffledBy: SeededGenerator(seed: UInt64(seed))))
      }
      // All six orders of three groups in twenty draws, but for a chance of 6 · (5/6)²⁰.
      #expect(orders.count > 3)
    }

    /// The denominator of dapo is tokens over batches: by what was asked for it would be too small where
    /// the last rollout of an epoch has fewer completions.
    @Test(
      "there are no more batches than completions",
      arguments: [(1, 1), (3, 3), (4, 3), (6, 6), (8, 6)])
    func batchCount(asked: Int, made: Int) {
      #expect(buffer.batchCount(asked) == made)
      #expect(buffer.batches(asked, shuffledBy: SeededGenerator(seed: 1)).count == made)
    }

    @Test("parts hold what fits, where a prompt that is shared counts once")
    func parts() {
      #expect(buffer.parts(of: [0, 1, 4], .init(size: 2, tokenBudget: 0)) == [[0, 1], [4]])
      // Tokens: 4, then 6 − 1 of the same prompt, then 10 of another.
      #expect(buffer.parts(of: [0, 1, 5], .init(size: nil, tokenBudget: 9)) == [[0, 1], [5]])
      #expect(buffer.parts(of: [0, 1, 5], .init(size: nil, tokenBudget: 8)) == [[0], [1], [5]])
      #expect(buffer.parts(of: [], .init(size: nil, tokenBudget: 8)) == [])
    }

    @Test("neighbours of one prompt share it in a packed batch")
    func packing() {
      let packed = buffer.packed([2, 3, 0, 5])
      #expect(packed.trees.map(\.branches.count) == [2, 1, 1])
      #expect(packed.spans.map(\.count) == [2, 4, 3, 9])
      #expect(packed.targets == [11, 12, 11, 12, 13, 14, 1, 2, 3] + Array(21...29))
      #expect(buffer.groupedByPrompt([0, 2, 1]) == [[0], [2], [1]])
    }

    @Test("losses see the columns of the completions they ask for")
    func columns() {
      var buffer = buffer
      let policy: [Float] = [-1, -2, -3, -4, -5]
      let plain = buffer.policyTokens(of: [0, 2], policy: policy)
      #expect(plain.policy == [-1, -2, -3, -4, -5])
      #expect(plain.behavior == [-0.1, -0.2, -0.1 * 3, -0.1, -0.2])
      #expect(plain.offsets == [0, 3, 5])
      #expect(plain.reference == nil)
      buffer.experiences[0].reference = [1, 2, 3]
      #expect(buffer.policyTokens(of: [0, 2], policy: policy).reference == nil)
      buffer.experiences[2].reference = [4, 5]
      #expect(buffer.policyTokens(of: [0, 2], policy: policy).reference == [1, 2, 3, 4, 5])
      #expect(buffer.policyTokens(of: [2, 0], policy: policy).reference == [4, 5, 1, 2, 3])
      // (−0.6 − 6 − 0.3 − 9) / 2.
      #expect(abs((buffer.meanDivergence ?? 0) + 7.95) < 1e-12)
    }

    @Test("a completion's reward is at its last token, less the KL penalty of each")
    func tokenRewards() {
      var experience = experience(prompt: 0, ids: 0...3, reward: 2)
      experience.reference = [-0.3, -0.2, -0.5]
      // log π − log π_ref: 0.2, 0, 0.2.
      let outcome = experience.tokenRewards(TokenRewards(), klCoefficient: 0.5)
      for (seen, expected) in zip(outcome.rewards, [-0.1, 0, 1.9]) {
        #expect(abs(seen - expected) < 1e-12)
      }
      #expect(abs(outcome.total - 1.8) < 1e-12)
      #expect(abs((experience.divergence ?? 0) - 0.4) < 1e-12)
    }

    @Test("an episode's rewards are at the last tokens of its turns")
    func turns() {
      func turn(_ count: Int, _ reward: Double?) -> Experience.Turn {
        .init(
          context: "", text: "t\(count)", tokenCount: count, isFinished: count != 2, reward: reward)
      }
      var episode = Experience(
        prompt: 0, sequence: .init([1, 2, 3, 4, 5, 6, 7, 8, 9], scored: [1..<3, 5..<6, 7..<9]),
        behavior: [-1, -1, -1, -1, -1], reference: [-2, -2, -2, -2, -2],
        turns: [turn(2, 10), turn(1, nil), turn(2, 3)])
      let outcome = episode.tokenRewards(TokenRewards(), klCoefficient: 0.25)
      #expect(outcome.rewards == [-0.25, 9.75, -0.25, -0.25, 2.75])
      #expect(outcome.score == 13)
      #expect(episode.reward == 13)
      #expect(episode.divergence == 5)
      #expect(!episode.isFinished)
      #expect(episode.text == "t2")
      #expect(PackedBatch([[episode.sequence]]).targets == [2, 3, 6, 8, 9])
      episode.turns = [turn(2, nil), turn(1, nil), turn(2, nil)]
      #expect(episode.reward == nil)
    }

    @Test("what a reward says nothing about has no penalised reward")
    func withoutReward() {
      var buffer = buffer
      buffer.experiences[1].turns[0].reward = 0.5
      let rewards = buffer.penalizedRewards(TokenRewards(), klCoefficient: 0)
      #expect(rewards == [nil, 0.5, nil, nil, nil, nil])
    }
  }
#endif
