#if LibTorch
  import Foundation
  import Testing
  import Tokenization
  import TorchEngine

  @testable import LanguageModels

  @Suite("Value functions")
  struct ValueModelTests {
    private let folder: TemporaryFolder
    /// A classifier of one label, recorded for the trainers.
    private let reward = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../TrainersTests/Fixtures/reward/llama").standardizedFileURL.path

    init() throws { folder = try TemporaryFolder() }

    private let sequences: [PackedBatch.Sequence] = [
      .init(prompt: [5, 6], completion: [7, 8, 9]), .init(prompt: [5, 6], completion: [30]),
    ]

    @Test("of a reward model's weights are its scores, wherever the text ends")
    func rewardModel() throws {
      let model = try RewardModel(directory: reward)
      let policy = try CausalLanguageModel(fresh: model.configuration, seed: 1)
      let actor = ActorCritic(
        policy: policy, critic: try ValueModel(model, directory: reward))
      let batch = PackedBatch([sequences])
      let scored = try withoutGradients {
        try actor.scores(of: batch, temperature: 1, lastStates: [0, 1])
      }
      func score(_ ids: [Int32]) throws -> Double {
        try withoutGradients { () throws(EngineError) in
          try model.scores(of: PackedBatch([[.init(prompt: [], completion: ids)]])).members[0][0]
        }
      }
      for (value, ids) in zip(
        scored.values + scored.lastValues,
        [[5, 6], [5, 6, 7], [5, 6, 7, 8], [5, 6], [5, 6, 7, 8, 9], [5, 6, 30]] as [[Int32]])
      {
        #expect(abs(value - (try score(ids))) < 1e-5)
        #expect(abs(value) > 1e-6)
      }
    }

    @Test("are written and read, under names that are not the policy's")
    func roundTrip() throws {
      for critic in [
        try ValueModel(on: TransformerConfiguration(directory: reward)),
        try ValueModel(languageModel: Fixture.directory("gpt2")),
        try ValueModel(RewardModel(directory: reward), directory: reward),
      ] {
        try critic.write(to: folder.path)
        let again = try critic.reread(from: folder.path)
        #expect(again.parameters.names == critic.parameters.names)
        for name in critic.parameters.names {
          #expect(name.hasPrefix("value."))
          #expect(
            try again.parameters[name].values(as: Float.self)
              == critic.parameters[name].values(as: Float.self))
          #expect(again.parameters[name].shape == critic.parameters[name].shape)
        }
      }
    }

    @Test("of another shape, or of another head, are told apart")
    func errors() throws {
      try ValueModel(on: TransformerConfiguration(directory: reward)).write(to: folder.path)
      let own = try ValueModel(RewardModel(directory: reward), directory: reward)
      let missing = #expect(throws: ModelError.self) { try own.reread(from: folder.path) }
      #expect(missing?.description.contains("value_model.safetensors") == true)
      #expect(missing?.description.contains("is missing") == true)
      #expect(throws: (any Error).self) { try own.reread(from: folder.path + "/nowhere") }

      let deep = try RewardModel(
        policy: Fixture.directory("llama"), head: .init(kind: .multilayer(width: 4)),
        backbone: .trained, seed: 1)
      let several = try RewardModel(
        policy: Fixture.directory("llama"), head: .init(members: 2), backbone: .trained, seed: 1)
      for model in [deep, several] {
        let error = #expect(throws: ModelError.self) {
          try ValueModel(model, directory: "somewhere")
        }
        #expect(
          error?.description
            == "somewhere: has not one linear head, which a value function starts from; name "
            + "another reward model, or leave value_model out")
      }
    }
  }
#endif
