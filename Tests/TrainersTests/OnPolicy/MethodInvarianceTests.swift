#if LibTorch
  import Objectives
  import RunRecords
  import Testing
  import TrainingConfiguration

  @testable import Trainers

  @Suite("What changes the memory of an on-policy method never changes its gradient")
  struct MethodInvarianceTests {
    private func expectSame<Recipe: OnPolicyRecipe & PractisedConfiguration>(
      _ recipe: Recipe, _ fixture: RolloutFixture, beta: Double = 0
    ) throws {
      let usual = try fixture.descent(recipe, beta: beta)
      #expect(norm(usual.gradient) > 1e-2)
      for size in [1, 2, 5, 12] {
        var other = recipe
        other.batches.microBatchSize = size
        let seen = try fixture.descent(other, beta: beta)
        #expect(relativeDistance(seen.gradient, usual.gradient) < 2e-5)
        #expect(seen.metrics.keys == usual.metrics.keys)
        for (name, value) in usual.metrics {
          let difference = abs((seen.metrics[name] ?? .nan) - value)
          #expect(difference < 2e-5 * max(1, abs(value)), "\(name.rawValue)")
        }
      }
    }

    @Test("the size of micro-batches", arguments: [false, true])
    func microBatches(masksTruncated: Bool) async throws {
      let fixture = try await RolloutFixture(reference: Fixture.model, drift: 0.2)
      func settings<Recipe: PractisedConfiguration>(_ recipe: Recipe) -> Recipe {
        var recipe = recipe
        recipe.rollout.masksTruncated = masksTruncated
        return recipe
      }
      try expectSame(settings(ReinforceConfiguration()), fixture, beta: 0.1)
      try expectSame(settings(RLOOConfiguration()), fixture, beta: 0.1)
      try expectSame(settings(GRPOConfiguration()), fixture)
      try expectSame(settings(GRPOConfiguration()), fixture, beta: 0.1)
      var ppo = PPOConfiguration()
      ppo.entropyCoefficient = 0.1
      try expectSame(settings(ppo), fixture, beta: 0.1)
    }

    @Test("completions that a limit has cut are left out, and counted where TRL counts them")
    func truncated() async throws {
      let fixture = try await RolloutFixture()
      let isFinished = fixture.buffer.experiences.map(\.isFinished)
      let counts = fixture.buffer.experiences.map(\.behavior.count)
      let finished = fixture.all.filter { isFinished[$0] }
      #expect(finished.count > 2 && finished.count < 10)
      let kept = zip(counts, isFinished).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }

      func gradient(_ scales: [Double], _ advantages: [Double]) throws -> [Double] {
        try fixture.gradient { tokens in
          tokens.sequences.enumerated().flatMap { index, range in
            range.map { _ in isFinished[index] ? -advantages[index] * scales[index] : 0 }
          }
        }.gradient
      }
      var grpo = GRPOConfiguration()
      grpo.rollout.masksTruncated = true
      grpo.scaleRewards = .none
      let advantages = try fixture.lessons(grpo).advantages
      for (type, scales) in [
        (.dapo, counts.map { _ in 1 / Double(kept) }), (.grpo, counts.map { 1 / Double(12 * $0) }),
        (.drGRPO, counts.map { _ in 1 / 120.0 }),
      ] as [(GRPOLossChoice, [Double])] {
        grpo.lossType = type
        let expected = try gradient(scales, advantages)
        let seen = try fixture.descent(grpo, isFirst: true)
        #expect(relativeDistance(seen.gradient, expected) < 1e-4, "\(type)")
      }
      var rloo = RLOOConfiguration()
      rloo.rollout.masksTruncated = true
      let leaveOneOut = try fixture.lessons(rloo)
      let expected = try gradient(counts.map { _ in 1 / 12.0 }, leaveOneOut)
      #expect(
        relativeDistance(try fixture.descent(rloo, isFirst: true).gradient, expected) < 1e-4)

      var ppo = PPOConfiguration()
      ppo.rollout.masksTruncated = true
      let lessons = try fixture.lessons(ppo)
      for index in fixture.all {
        #expect(lessons.advantages[index].count == (isFinished[index] ? counts[index] : 0))
      }
      #expect(abs(lessons.advantages.joined().reduce(0, +)) < 1e-9)
    }

    @Test("a batch of nothing but cut completions has no gradient")
    func nothingFinished() async throws {
      let fixture = try await RolloutFixture()
      let cut = fixture.all.filter { !fixture.buffer.experiences[$0].isFinished }
      func check<Recipe: OnPolicyRecipe & PractisedConfiguration>(_ recipe: Recipe) throws {
        var recipe = recipe
        recipe.rollout.masksTruncated = true
        let seen = try fixture.descent(recipe, on: [cut])
        #expect(seen.gradient.allSatisfy { $0 == 0 })
        #expect(seen.metrics[.loss] == 0)
      }
      try check(ReinforceConfiguration())
      try check(RLOOConfiguration())
      try check(GRPOConfiguration())
      try check(PPOConfiguration())
    }
  }
#endif
