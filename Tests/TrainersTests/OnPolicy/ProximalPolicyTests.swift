#if LibTorch
  import Foundation
  import LanguageModels
  import Objectives
  import RunRecords
  import Testing
  import Tokenization
  import TrainingConfiguration

  @testable import Trainers

  @Suite("What PPO learns from a rollout")
  struct ProximalPolicyTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func whitened(_ values: [Double], keepingMean: Bool = false) -> [Double] {
      let mean = values.reduce(0, +) / Double(values.count)
      let variance =
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
      return values.map { ($0 - mean) / (variance + 1e-8).squareRoot() + (keepingMean ? mean : 0) }
    }

    /// Σ_k (γλ)^k r_{t+k}: what GAE is where all values are 0.
    private func discounted(_ rewards: [Double], by factor: Double) -> [Double] {
      rewards.indices.map { start in
        rewards[start...].reversed().reduce(0) { $1 + factor * $0 }
      }
    }

    @Test("with a head of zeros advantages are discounted rewards, returns the same not whitened")
    func lessons() async throws {
      var fixture = try await RolloutFixture()
      for index in fixture.buffer.experiences.indices {
        fixture.buffer.experiences[index].reference =
          fixture.buffer.experiences[index].behavior.map { $0 - 0.25 }
      }
      for isWhitened in [false, true] {
        var rewards = fixture.buffer.experiences.map { experience in
          experience.behavior.indices.map { token in
            -0.4 * 0.25
              + (token == experience.behavior.count - 1 ? experience.reward ?? .nan : 0)
          }
        }
        if isWhitened {
          var flat = whitened(rewards.flatMap(\.self), keepingMean: true)[...]
          rewards = rewards.map { row in
            defer { flat.removeFirst(row.count) }
            return Array(flat.prefix(row.count))
          }
        }
        let expected = rewards.map { discounted($0, by: 0.9 * 0.8) }
        var configuration = PPOConfiguration()
        configuration.discount = 0.9
        configuration.trace = 0.8
        configuration.whitensRewards = isWhitened
        let lessons = try fixture.lessons(configuration, beta: 0.4)
        #expect(lessons.values.joined().allSatisfy { $0 == 0 })
        for (seen, expected) in zip(lessons.returns.joined(), expected.joined()) {
          #expect(abs(seen - expected) < 1e-9)
        }
        let advantages = Array(lessons.advantages.joined())
        for (seen, expected) in zip(advantages, whitened(expected.flatMap(\.self))) {
          #expect(abs(seen - expected) < 1e-9)
        }
      }
    }

    @Test("the policy's seeds are those of the clipped surrogate, a mean over tokens")
    func surrogate() async throws {
      let fixture = try await RolloutFixture(drift: 0.3)
      var configuration = PPOConfiguration()
      configuration.valueCoefficient = 0
      let lessons = try fixture.lessons(configuration)
      let advantages = lessons.advantages.flatMap(\.self)
      var (loss, clipped) = (0.0, 0)
      let expected = try fixture.gradient { tokens in
        let count = Double(tokens.policy.count)
        return tokens.policy.indices.map { token in
          let ratio = exp(tokens.policy[token] - tokens.behavior[token])
          let (advantage, bounded) = (advantages[token], min(max(ratio, 0.8), 1.2))
          loss -= min(ratio * advantage, bounded * advantage) / count
          let isClipped = bounded * advantage < ratio * advantage
          clipped += isClipped ? 1 : 0
          return isClipped ? 0 : -ratio * advantage / count
        }
      }
      let seen = try fixture.descent(configuration)
      // The head comes last, and has no gradient at a coefficient of 0.
      let head = seen.gradient.suffix(64)
      #expect(head.allSatisfy { $0 == 0 })
      #expect(norm(expected.gradient) > 1e-2)
      #expect(relativeDistance(seen.gradient.dropLast(64), expected.gradient) < 1e-4)
      #expect(abs((seen.metrics[.policyLoss] ?? .nan) - loss) < 1e-6)
      #expect(abs((seen.metrics[.loss] ?? .nan) - loss) < 1e-6)
      let count = Double(expected.tokens.policy.count)
      #expect(clipped > 0)
      #expect(abs((seen.metrics[.policyClipFraction] ?? 0) - Double(clipped) / count) < 1e-12)
      // Mean over tokens of R² / 2.
      let squares = lessons.returns.joined().reduce(0) { $0 + $1 * $1 / 2 } / count
      #expect(abs((seen.metrics[.valueLoss] ?? 0) - squares) < 1e-9)
      #expect(
        (seen.metrics[.endCount] ?? 0)
          == Double(fixture.buffer.experiences.count(where: \.isFinished)))
    }

    @Test("an episode that a limit cut goes on with its value, one that ended does not")
    func bootstrap() async throws {
      var fixture = try await RolloutFixture()
      let checkpoint = try Checkpoint.with(head: { sin(Double($0)) }, in: folder)
      var configuration = PPOConfiguration()
      configuration.discount = 0.9
      configuration.trace = 0.5
      let ended = try fixture.lessons(configuration, checkpoint: checkpoint)
      fixture.buffer.experiences[5].isCutShort = true
      fixture.buffer.experiences[6].isCutShort = true
      let cut = try fixture.lessons(configuration, checkpoint: checkpoint)
      #expect(cut.values == ended.values)
      #expect(norm(ended.values[5]) > 0.1)
      // V of the state after the last token, scored as if one more token followed.
      for index in fixture.all {
        guard index == 5 || index == 6 else {
          #expect(cut.returns[index] == ended.returns[index])
          continue
        }
        var longer = fixture
        let old = fixture.buffer.experiences[index]
        var sequence = old.sequence
        sequence.ids.append(7)
        longer.buffer = ExperienceBuffer([
          [
            Experience(
              prompt: 0, sequence: sequence, behavior: old.behavior + [0], turns: old.turns)
          ]
        ])
        let next = try #require(
          longer.lessons(configuration, checkpoint: checkpoint).values[0].last)
        #expect(abs(next) > 1e-3)
        // The bootstrap reaches a token k before the end by γ (γλ)^k.
        for (distance, pair) in zip(cut.returns[index], ended.returns[index]).reversed()
          .enumerated()
        {
          let expected = 0.9 * pow(0.45, Double(distance)) * next
          #expect(abs(pair.0 - pair.1 - expected) < 1e-5)
        }
      }
    }

    /// The directory of a checkpoint of PPO.
    enum Checkpoint {
      static func with(
        head: (Int) -> Double, in folder: TemporaryFolder, name: String = "checkpoint"
      ) throws -> String {
        let policy = try CausalLanguageModel(directory: Fixture.model)
        let actor = ActorCritic(policy: policy, critic: try ValueModel(on: policy.configuration))
        let plain = folder.path("\(name)-of-zeros")
        try FileManager.default.createDirectory(atPath: plain, withIntermediateDirectories: true)
        try actor.write(to: plain, companionsFrom: Fixture.model)
        var edited = try EditedModel(
          in: folder, name: name, of: plain, weights: "value_model.safetensors")
        let tensor = try #require(edited.names.first)
        for index in 0..<(try edited.count(of: tensor)) {
          edited[tensor, index] = Float(head(index))
        }
        try edited.save()
        return edited.directory
      }
    }
  }
#endif
