#if LibTorch
  import Foundation
  import Objectives
  import RunRecords
  import Testing
  import TrainingConfiguration

  @testable import Trainers

  /// What each method adds to the gradient, against seeds that are worked out here from the formulas.
  @Suite("The gradients of on-policy methods")
  struct MethodGradientTests {
    private let folder: TemporaryFolder
    private let reference: String

    /// A reference that finds everything less likely than the model does.
    init() throws {
      folder = try TemporaryFolder()
      var model = try EditedModel(in: folder, name: "reference")
      for index in 0..<(try model.count(of: "model.norm.weight")) {
        model["model.norm.weight", index] *= 1.2
      }
      try model.save()
      reference = model.directory
    }

    /// One number for each token, of one for each completion.
    private func spread(_ values: [Double], over tokens: PolicyTokens) -> [Double] {
      zip(values, tokens.sequences).flatMap { value, range in range.map { _ in value } }
    }

    /// R_i = s_i − β Σ_t (log π_old − log π_ref).
    private func penalized(_ fixture: RolloutFixture, beta: Double) throws -> [Double] {
      try fixture.buffer.experiences.map { experience in
        let reference = try #require(experience.reference)
        let divergence = zip(experience.behavior, reference).reduce(0) { $0 + $1.0 - $1.1 }
        #expect(abs(divergence) > 1e-4)
        return try #require(experience.reward) - beta * divergence
      }
    }

    private func expectEqual(
      _ seen: RolloutFixture.Descent, _ expected: (gradient: [Double], tokens: PolicyTokens),
      loss: Double
    ) {
      #expect(norm(expected.gradient) > 1e-2)
      #expect(relativeDistance(seen.gradient, expected.gradient) < 1e-4)
      #expect(abs((seen.metrics[.loss] ?? .nan) - loss) < 1e-6 * max(1, abs(loss)))
    }

    @Test("REINFORCE: A_i = (R_i − mean) / deviation, whatever the ratio")
    func reinforce() async throws {
      let fixture = try await RolloutFixture(reference: reference, drift: 0.2)
      let rewards = try penalized(fixture, beta: 0.3)
      let mean = rewards.reduce(0, +) / 12
      let variance = rewards.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 11
      let advantages = rewards.map { ($0 - mean) / (variance + 1e-8).squareRoot() }
      let expected = try fixture.gradient { tokens in
        spread(advantages.map { -$0 / 12 }, over: tokens)
      }
      let loss = zip(expected.tokens.policy, spread(advantages, over: expected.tokens))
        .reduce(0) { $0 - $1.0 * $1.1 / 12 }
      let seen = try fixture.descent(ReinforceConfiguration(), beta: 0.3)
      expectEqual(seen, expected, loss: loss)
    }

    @Test("REINFORCE with a running baseline begins at the first batch's mean")
    func runningBaseline() async throws {
      let fixture = try await RolloutFixture()
      let mean = RolloutFixture.rewards.reduce(0, +) / 12
      let expected = try fixture.gradient { tokens in
        spread(RolloutFixture.rewards.map { -($0 - mean) / 12 }, over: tokens)
      }
      var configuration = ReinforceConfiguration()
      configuration.baseline = .running
      let seen = try fixture.descent(configuration, isFirst: true)
      #expect(relativeDistance(seen.gradient, expected.gradient) < 1e-4)
      #expect((seen.metrics[.samplingDifferenceMaximum] ?? 1) < 1e-5)
    }

    @Test("RLOO: A_i = R_i − mean of the others, the ratio of the sequence, clipped")
    func leaveOneOut() async throws {
      let fixture = try await RolloutFixture(reference: reference, drift: 0.3)
      let rewards = try penalized(fixture, beta: 0.3)
      let advantages = rewards.indices.map { index in
        let group = index / 4 * 4..<index / 4 * 4 + 4
        let others = group.filter { $0 != index }.map { rewards[$0] }
        return rewards[index] - others.reduce(0, +) / 3
      }
      var clipped = 0
      var loss = 0.0
      let expected = try fixture.gradient { tokens in
        let slopes = zip(tokens.sequences, advantages).map { range, advantage in
          let ratio = exp(range.reduce(0) { $0 + tokens.policy[$1] - tokens.behavior[$1] })
          let bounded = min(max(ratio, 0.8), 1.2)
          loss -= min(ratio * advantage, bounded * advantage) / 12
          let isClipped = bounded * advantage < ratio * advantage
          clipped += isClipped ? 1 : 0
          return isClipped ? 0 : -ratio * advantage / 12
        }
        return spread(slopes, over: tokens)
      }
      let seen = try fixture.descent(RLOOConfiguration(), beta: 0.3)
      expectEqual(seen, expected, loss: loss)
      #expect(clipped > 0 && clipped < 12)
      #expect(abs((seen.metrics[.clipMean] ?? 0) - Double(clipped) / 12) < 1e-12)
    }

    /// A_i of GRPO with `scale_rewards` none.
    private var groupAdvantages: [Double] {
      RolloutFixture.rewards.indices.map { index in
        let start = index / 4 * 4
        return RolloutFixture.rewards[index]
          - RolloutFixture.rewards[start..<start + 4].reduce(0, +) / 4
      }
    }

    private func grpo(_ type: GRPOLossChoice, _ scale: RewardScaleChoice = .none)
      -> GRPOConfiguration
    {
      var configuration = GRPOConfiguration()
      configuration.lossType = type
      configuration.scaleRewards = scale
      return configuration
    }

    /// What is divided by, of the second of two halves.
    private func denominator(_ type: GRPOLossChoice, _ counts: [Int]) -> Double {
      let part = counts[6...]
      return switch type {
      case .grpo: 6
      case .bnpo: Double(part.reduce(0, +))
      case .drGRPO: 60
      case .dapo, .cispo: Double(counts.reduce(0, +)) / 2
      }
    }

    @Test(
      "GRPO: each loss type has its weights and its denominator", arguments: GRPOLossChoice.allCases
    )
    func lossTypes(type: GRPOLossChoice) async throws {
      let fixture = try await RolloutFixture(drift: 0.3)
      let advantages = groupAdvantages
      var loss = 0.0
      let expected = try fixture.gradient { tokens in
        let counts = tokens.sequences.map(\.count)
        let whole = denominator(type, counts)
        return zip(tokens.sequences, advantages).enumerated().flatMap { index, pair in
          pair.0.map { token in
            guard index >= 6 else { return 0 }
            let scale = whole * (type == .grpo ? Double(pair.0.count) : 1)
            let ratio = exp(tokens.policy[token] - tokens.behavior[token])
            if type == .cispo {
              loss -= min(ratio, 5) * pair.1 * tokens.policy[token] / scale
              return -min(ratio, 5) * pair.1 / scale
            }
            let bounded = min(max(ratio, 0.8), 1.2)
            loss -= min(ratio * pair.1, bounded * pair.1) / scale
            return bounded * pair.1 < ratio * pair.1 ? 0 : -ratio * pair.1 / scale
          }
        }
      }
      var configuration = grpo(type)
      configuration.stepsPerGeneration = 2
      let seen = try fixture.descent(configuration, on: [Array(6..<12)])
      expectEqual(seen, expected, loss: loss)
    }

    @Test("GRPO: the KL is in the loss, k3 and k2", arguments: [KLEstimatorChoice.k3, .k2])
    func divergence(estimator: KLEstimatorChoice) async throws {
      let fixture = try await RolloutFixture(reference: reference)
      let advantages = groupAdvantages
      var loss = 0.0
      let expected = try fixture.gradient { tokens in
        let count = Double(tokens.policy.count)
        return zip(tokens.sequences, advantages).flatMap { range, advantage in
          range.map { token in
            let d = (tokens.reference?[token] ?? .nan) - tokens.policy[token]
            let (value, slope) = estimator == .k3 ? (exp(d) - 1 - d, 1 - exp(d)) : (d * d / 2, -d)
            loss += (0.5 * value - advantage) / count
            return (0.5 * slope - advantage) / count
          }
        }
      }
      var configuration = grpo(.dapo)
      configuration.divergence = DivergenceConfiguration(beta: 0.5, estimator: estimator)
      expectEqual(
        try fixture.descent(configuration, beta: 0.5, isFirst: true), expected, loss: loss)
    }

    @Test("a group that says nothing is left out at beta 0, and nothing else changes")
    func flatGroups() async throws {
      let fixture = try await RolloutFixture(reference: reference, drift: 0.2)
      let flat = Array(8..<12)
      for type in GRPOLossChoice.allCases {
        let quiet = try fixture.descent(grpo(type), on: [flat])
        #expect(quiet.gradient.allSatisfy { $0 == 0 })
        #expect(quiet.metrics[.loss] == 0)
        #expect(quiet.metrics[.zeroDeviationFraction] == 1.0 / 3)
      }
      let loud = try fixture.descent(grpo(.dapo), on: [flat], beta: 0.1)
      #expect(norm(loud.gradient) > 1e-3)
      // Entropy is a mean over what was looked at.
      let some = try fixture.descent(grpo(.dapo)).metrics[.entropy]
      let all = try fixture.descent(grpo(.dapo), beta: 1e-12).metrics[.entropy]
      let telling = try fixture.descent(grpo(.dapo), on: [Array(0..<8)]).metrics[.entropy]
      #expect(some == telling && some != all)
    }

    @Test("the deviation of the group, of the batch, or none")
    func scales() async throws {
      let fixture = try await RolloutFixture()
      func deviation(_ values: some Collection<Double>) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1))
          .squareRoot()
      }
      for scale in RewardScaleChoice.allCases {
        let advantages = groupAdvantages.enumerated().map { index, advantage in
          let start = index / 4 * 4
          return switch scale {
          case .none: advantage
          case .batch: advantage / (deviation(RolloutFixture.rewards) + 1e-4)
          case .group:
            advantage / (deviation(RolloutFixture.rewards[start..<start + 4]) + 1e-4)
          }
        }
        let seen = try fixture.lessons(grpo(.dapo, scale)).advantages
        for (a, b) in zip(seen, advantages) { #expect(abs(a - b) < 1e-9) }
      }
    }
  }
#endif
