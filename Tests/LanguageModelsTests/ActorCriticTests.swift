#if LibTorch
  import Foundation
  import Testing
  import Tokenization

  @testable import LanguageModels
  @testable import TorchEngine

  @Suite("A policy and its value function")
  struct ActorCriticTests {
    private let folder: TemporaryFolder
    private let directory = Fixture.directory("llama_gqa_untied")

    init() throws { folder = try TemporaryFolder() }

    /// Three completions of a prompt, and one of another.
    private let groups: [[PackedBatch.Sequence]] = [
      [[9, 4], [9, 5, 6], [1]].map { .init(prompt: [3, 7, 2], completion: $0) },
      [.init(prompt: [8], completion: [2, 2, 5])],
    ]

    private var batch: PackedBatch { PackedBatch(groups) }

    /// Weights of a head that is not of zeros.
    private func writeHead(of critic: ValueModel, to folder: String) throws {
      var tensors: [String: Tensor] = [:]
      for name in critic.parameters.names {
        let old = critic.parameters[name]
        tensors[name] =
          name.hasSuffix("score.weight")
          ? try Tensor((0..<old.count).map { Float(sin(Double($0))) }, shape: old.shape) : old
      }
      try SafetensorsWriter.write(tensors, to: "\(folder)/value_model.safetensors")
    }

    /// An actor whose weights are those of a model directory with a value function in it.
    private func actor(at path: String, isShared: Bool) throws -> ActorCritic {
      let policy = try CausalLanguageModel(directory: path)
      let fresh =
        isShared
        ? try ValueModel(on: policy.configuration) : try ValueModel(languageModel: directory)
      return ActorCritic(policy: policy, critic: try fresh.reread(from: path))
    }

    /// A model directory with a value function whose head is not of zeros.
    private func checkpoint(isShared: Bool) throws -> String {
      let path = try Fixture.copy("llama_gqa_untied", into: folder)
      let policy = try CausalLanguageModel(directory: path)
      try writeHead(
        of: isShared
          ? ValueModel(on: policy.configuration) : ValueModel(languageModel: directory),
        to: path)
      return path
    }

    @Test("values are 0 at first, of any backbone")
    func zeros() throws {
      let policy = try CausalLanguageModel(directory: directory)
      for critic in [
        try ValueModel(on: policy.configuration), try ValueModel(languageModel: directory),
      ] {
        let scored = try withoutGradients {
          try ActorCritic(policy: policy, critic: critic)
            .scores(of: batch, temperature: 1, lastStates: [1, 3])
        }
        #expect(scored.values == Array(repeating: 0, count: 9))
        #expect(scored.lastValues == [0, 0])
        // Log probabilities and entropies are the policy's own.
        let alone = try withoutGradients { try policy.logProbabilities(of: batch) }
        for (a, b) in zip(
          scored.scored.logProbabilities + scored.scored.entropies,
          alone.logProbabilities + alone.entropies)
        { #expect(abs(a - b) < 1e-6) }
      }
    }

    @Test("a value is that of the state before the token, the last one of all that was said")
    func states() throws {
      for isShared in [true, false] {
        let actor = try actor(at: checkpoint(isShared: isShared), isShared: isShared)
        func scores(_ groups: [[PackedBatch.Sequence]], last: [Int] = []) throws -> ScoredActions {
          try withoutGradients {
            try actor.scores(of: PackedBatch(groups), temperature: 1, lastStates: last)
          }
        }
        let scored = try scores(groups, last: [3, 0])
        // A token more has as its value what was the last state's.
        for (place, value) in zip([3, 0], scored.lastValues) {
          var sequence = groups.flatMap(\.self)[place]
          sequence.ids.append(1)
          let longer = try #require(scores([[sequence]]).values.last)
          #expect(abs(longer - value) < 1e-5 && abs(value) > 1e-3)
        }
        // First tokens of completions of one prompt are drawn in one state.
        #expect(scored.values[0] == scored.values[2] && scored.values[0] == scored.values[5])
        // So are second tokens after the same first one.
        #expect(abs(scored.values[1] - scored.values[3]) < 1e-6)
        #expect(Set(scored.values).count >= 6)
        try FileManager.default.removeItem(atPath: folder.path + "/model")
      }
    }

    /// Σ a_t log π_t + b_t H_t + c_t V_t with numbers of either sign.
    private func objective(_ scored: ScoredActions) -> Double {
      let seeds = seeds
      return zip(scored.scored.logProbabilities, seeds.policy).reduce(0) {
        $0 + Double($1.0) * $1.1
      }
        + zip(scored.scored.entropies, seeds.entropy).reduce(0) { $0 + Double($1.0) * $1.1 }
        + zip(scored.values, seeds.value).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private var seeds: (policy: [Double], entropy: [Double], value: [Double]) {
      (
        (1...9).map { sin(Double($0)) }, (1...9).map { cos(Double($0)) },
        (1...9).map { cos(2 * Double($0)) + 0.3 }
      )
    }

    private func gradients(
      _ actor: ActorCritic, _ groups: [[PackedBatch.Sequence]], temperature: Double
    ) throws -> [String: [Double]] {
      try actor.trainedParameters.requireGradients()
      let scored = try actor.scores(of: PackedBatch(groups), temperature: temperature)
      let (policy, entropy, value) = seeds
      try actor.backward(
        TokenSeeds(logProbabilities: policy, entropies: entropy), values: value, through: scored)
      var gradients: [String: [Double]] = [:]
      for name in actor.trainedParameters.names {
        gradients[name] = try #require(try actor.trainedParameters[name].gradient(), "\(name)")
          .values(as: Double.self)
      }
      return gradients
    }

    @Test(
      "gradients are slopes, where a prompt's state takes the sum of its completions' seeds",
      arguments: [true, false], [1, 0.7])
    func slopes(isShared: Bool, temperature: Double) throws {
      let path = try checkpoint(isShared: isShared)
      let actor = try actor(at: path, isShared: isShared)
      let slope = try gradients(actor, groups, temperature: temperature)
      func norm(_ values: some Sequence<Double>) -> Double {
        values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      }
      let length = norm(slope.values.joined())
      for (name, values) in slope { #expect(norm(values) > 1e-4 * length, "\(name)") }

      // Without sharing of prompts it is the same.
      let apart = try gradients(
        self.actor(at: path, isShared: isShared), groups.joined().map { [$0] },
        temperature: temperature)
      for (name, values) in slope {
        let other = try #require(apart[name])
        #expect(norm(zip(values, other).map { $0 - $1 }) < 2e-5 * length, "\(name)")
      }

      let distance = 2e-3
      func moved(_ sign: Double) throws -> Double {
        var tensors: [String: Tensor] = [:]
        for (name, values) in slope {
          let old = actor.trainedParameters[name]
          tensors[name] = try Tensor(
            zip(old.values(as: Double.self), values).map {
              Float($0 + sign * distance * $1 / length)
            }, shape: old.shape)
        }
        try SafetensorsWriter.write(
          tensors.filter { !$0.key.hasPrefix("value.") }, to: "\(path)/model.safetensors")
        try SafetensorsWriter.write(
          tensors.filter { $0.key.hasPrefix("value.") }, to: "\(path)/value_model.safetensors")
        let other = try self.actor(at: path, isShared: isShared)
        return objective(
          try withoutGradients { try other.scores(of: batch, temperature: temperature) })
      }
      let quotient = (try moved(1) - moved(-1)) / (2 * distance)
      #expect(abs(quotient - length) < 1e-2 * length, "\(quotient), the norm is \(length)")
    }

    @Test("log probabilities at a temperature are those of the logits divided by it")
    func temperature() throws {
      let policy = try CausalLanguageModel(directory: directory)
      let size = policy.configuration.vocabularySize
      let batch = batch
      let all = TokenCandidates(
        ids: batch.targets.flatMap { _ in (0..<Int64(size)) },
        offsets: (0...batch.targets.count).map { Int64($0 * size) })
      let scored = try withoutGradients {
        try policy.logProbabilities(of: batch, candidates: all)
      }
      let tempered = try withoutGradients {
        try policy.logProbabilities(of: batch, temperature: 0.7)
      }
      let candidates = try #require(scored.candidateLogProbabilities).map(Double.init)
      for (place, target) in batch.targets.enumerated() {
        let logits = candidates[place * size..<(place + 1) * size].map { $0 / 0.7 }
        let largest = logits.max() ?? 0
        let normalizer = largest + log(logits.reduce(0) { $0 + exp($1 - largest) })
        let expected = logits[Int(target)] - normalizer
        #expect(abs(Double(tempered.logProbabilities[place]) - expected) < 2e-5)
        let entropy = -logits.reduce(0) { $0 + exp($1 - normalizer) * ($1 - normalizer) }
        #expect(abs(Double(tempered.entropies[place]) - entropy) < 1e-4)
      }
    }
  }
#endif
