#if LibTorch
  import Foundation
  import LanguageModels
  import RunRecords
  import Testing
  import Tokenization
  import TorchEngine
  import Trainers
  import TrainingConfiguration

  /// What kinds of heads and backbones leave behind, and what they learn.
  @Suite("The model of a reward run")
  struct RewardModelTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func scores(_ directory: String) throws -> [[Double]] {
      try rewardScores(
        of: try RewardRecording.read().rows.map { [$0.ids] }, by: RewardModel(directory: directory))
    }

    private func fields(_ directory: String) throws -> [String: Any] {
      let bytes = try Data(contentsOf: URL(filePath: "\(directory)/config.json"))
      return try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    }

    @Test("a linear head on a language model is saved as a classifier of one label")
    func classifier() throws {
      let run = try RewardRun(in: folder) { $0.model = Fixture.model }
      let fields = try fields(run.directory)
      #expect(fields["architectures"] as? [String] == ["LlamaForSequenceClassification"])
      #expect((fields["id2label"] as? [String: String])?.count == 1)
      #expect(fields["pad_token_id"] as? Int == 1)
      let tensors = try run.tensors()
      #expect(tensors["score.weight"]?.count == 64)
      #expect(!tensors.keys.contains("lm_head.weight"))
      #expect(!folder.names(in: "run").contains("reward_heads.safetensors"))
      #expect(try scores(run.directory)[0].allSatisfy(\.isFinite))
      // Its training goes on.
      let more = try RewardRun(in: folder, name: "more") { $0.model = run.directory }
      #expect(try more.values(.loss)[0] < run.values(.loss)[0])
    }

    @Test("where padding is the end of sequence there is no padding that could be looked past")
    func paddingIsEnd() throws {
      let model = try RewardFixture.model("llama", in: folder)
      let path = "\(model)/tokenizer_config.json"
      let bytes = try Data(contentsOf: URL(filePath: path))
      var fields = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
      fields["pad_token"] = fields["eos_token"]
      try JSONSerialization.data(withJSONObject: fields).write(to: URL(filePath: path))
      let run = try RewardRun(in: folder) {
        $0.model = model
        $0.batches.maxSteps = 1
      }
      #expect(try self.fields(run.directory)["pad_token_id"] is NSNull)
      // The score is read at the last token all the same.
      let usual = try RewardRun(in: folder, name: "usual") { $0.batches.maxSteps = 1 }
      #expect(try run.values(.loss) == usual.values(.loss))
    }

    @Test("heads of several members are in a file of their own; model.safetensors has their mean")
    func members() throws {
      let run = try RewardRun(in: folder) {
        $0.model = Fixture.model
        $0.ensembleSize = 3
      }
      let tensors = try run.tensors()
      let heads = try (0..<3).map { try #require(tensors["heads.\($0).score.weight"]) }
      #expect(heads[0] != heads[1] && heads[1] != heads[2])
      let mean = try #require(tensors["score.weight"])
      for place in mean.indices {
        #expect(abs(mean[place] - (heads[0][place] + heads[1][place] + heads[2][place]) / 3) < 1e-7)
      }
      let members = try scores(run.directory)
      #expect(members.count == 3)
      // Without the file it is a classifier, which scores by the mean of the members.
      let plain = folder.path("plain")
      try FileManager.default.copyItem(atPath: run.directory, toPath: plain)
      try FileManager.default.removeItem(atPath: "\(plain)/reward_model.json")
      let means = try scores(plain)[0]
      for (index, seen) in means.enumerated() {
        let expected = members.reduce(0) { $0 + $1[index] } / 3
        #expect(abs(seen - expected) < 1e-5)
      }
    }

    @Test(
      "a frozen backbone is saved as it was, and its head learns", arguments: HeadChoice.allCases)
    func frozen(head: HeadChoice) throws {
      let run = try RewardRun(in: folder) {
        $0.model = Fixture.model
        $0.backbone = .frozen
        $0.headType = head
        if head == .mlp { $0.headHiddenSize = 32 }
        $0.optimizer.learningRate = 0.01
        $0.batches.batchSize = 8
        $0.batches.maxSteps = 60
      }
      let losses = try run.values(.loss)
      #expect(try #require(losses.last) < 0.5 * losses[0])
      #expect(try #require(run.values(.accuracy).last) == 1)
      let after = try run.tensors()
      for (name, weights) in try tensorsOfModel(at: Fixture.model)
      where name != "lm_head.weight" {
        #expect(after[name] == weights, "\(name)")
      }
      let encoded = run.events.compactMap {
        if case .encoded(let done, let total) = $0 { [done, total] } else { nil }
      }
      #expect(encoded.first == [0, 8] && encoded.contains([8, 8]))
      // The model scores text as the heads scored hidden states.
      let scoring = try RewardScoring(directory: run.directory)
      let row = try RewardFixture.rows()[2]
      let seen = try scoring.scores(of: [
        .init(row.prompt, completions: [row.chosen, row.rejected])
      ])
      #expect(seen[0][0] > seen[0][1])
    }

    @Test("frozen and trained backbones have the same first loss")
    func firstLoss() throws {
      func loss(_ backbone: BackboneChoice) throws -> Double {
        try RewardRun(in: folder, name: backbone.rawValue) {
          $0.backbone = backbone
          $0.batches.maxSteps = 1
        }.values(.loss)[0]
      }
      #expect(abs(try loss(.frozen) - loss(.trained)) < 1e-6)
    }

    @Test("on a shared backbone the heads alone are saved, and a policy that changed is refused")
    func shared() throws {
      var policy = try EditedModel(in: folder, name: "policy")
      let run = try RewardRun(in: folder) {
        $0.model = policy.directory
        $0.backbone = .shared
        $0.headType = .mlp
        $0.ensembleSize = 2
      }
      let names = folder.names(in: "run")
      #expect(names.contains("reward_heads.safetensors") && !names.contains("model.safetensors"))
      let frozen = try RewardRun(in: folder, name: "frozen") {
        $0.model = policy.directory
        $0.backbone = .frozen
        $0.headType = .mlp
        $0.ensembleSize = 2
      }
      #expect(run.entries == frozen.entries)
      #expect(try scores(run.directory) == scores(frozen.directory))
      policy["model.norm.weight", 3] += 0.25
      try policy.save()
      let error = #expect(throws: ModelError.self) { try RewardModel(directory: run.directory) }
      #expect(
        error?.description
          == "\(policy.directory): the policy's weights have changed since the reward head was "
          + "trained on them; train the head again")
    }

    // MARK: What is stored beside the weights

    @Test("mean and deviation are those of the held-out scores, member by member")
    func normalization() throws {
      let run = try RewardRun(in: folder) {
        $0.model = Fixture.model
        $0.ensembleSize = 2
        $0.data.evaluationFiles = [RewardFixture.evaluation]
        $0.smoothnessCoefficient = 0.1
      }
      let scoring = try RewardScoring(directory: run.directory)
      let groups = try RewardFixture.rows(of: RewardFixture.evaluation).map {
        scoring.group(prompt: $0.prompt, completions: [$0.chosen, $0.rejected])
      }
      let model = try RewardModel(directory: run.directory)
      let members = try rewardScores(of: groups.map(\.sequences), by: model)
      #expect(model.record.normalization.count == 2)
      for (scores, stored) in zip(members, model.record.normalization) {
        let mean = scores.reduce(0, +) / 6
        let deviation = (scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 6).squareRoot()
        #expect(abs(stored.mean - mean) < 1e-6)
        #expect(abs(stored.deviation - deviation) < 1e-6)
      }
    }

    @Test("a correction for length in the record changes scores by slope times tokens")
    func lengthCorrection() throws {
      let directory = try RewardFixture.model("llama", in: folder)
      let row = try RewardFixture.rows()[0]
      func score() throws -> RewardScoring.Score {
        let scoring = try RewardScoring(directory: directory)
        var scores: [RewardScoring.Score] = []
        try scoring.score([scoring.group(prompt: row.prompt, completions: [row.chosen])]) {
          scores = $1[0]
        }
        return scores[0]
      }
      let before = try score()
      try folder.write(
        #"{"head":{"kind":{"linear":{}},"members":1},"normalization":[],"#
          + #""length_correction":{"slope":0.125,"origin":10}}"#,
        to: "model-llama/reward_model.json")
      let after = try score()
      #expect(after.completionTokens == before.completionTokens)
      let expected = before.value - 0.125 * Double(before.completionTokens - 10)
      #expect(abs(after.value - expected) < 1e-9)
      // Training that goes on begins without it: it belonged to other scores.
      let run = try RewardRun(in: folder) {
        $0.model = directory
        $0.batches.maxSteps = 1
      }
      #expect(try RewardModelRecord(directory: run.directory).lengthCorrection == nil)
    }

    @Test("hidden states are those that scores are read from")
    func hiddenStates() throws {
      let scoring = try RewardScoring(directory: RewardFixture.llama, batchSize: .groups(2))
      let groups = try RewardFixture.rows().map {
        scoring.group(prompt: $0.prompt, completions: [$0.chosen, $0.rejected])
      }
      let states = try scoring.hiddenStates(of: groups)
      let head = try #require(tensorsOfRewardModel(at: RewardFixture.llama)["score.weight"])
      var scores: [Double] = []
      try scoring.score(groups) { _, batch in scores += batch.joined().map(\.value) }
      #expect(states.count == 16 && scores.count == 16)
      for (state, score) in zip(states, scores) {
        #expect(abs(zip(state, head).reduce(0) { $0 + $1.0 * $1.1 } - score) < 1e-5)
      }
    }

    // MARK: Vocabularies

    @Test("a scorer's members are those of its scores, and one for a single model")
    func memberScores() throws {
      let run = try RewardRun(in: folder) {
        $0.model = Fixture.model
        $0.ensembleSize = 3
        $0.batches.maxSteps = 2
      }
      let row = try RewardFixture.rows()[0]
      let groups = [
        PromptCompletions(row.prompt, completions: [row.chosen, row.rejected]),
        PromptCompletions(row.prompt, completions: [row.rejected]),
      ]
      for (directory, count) in [(run.directory, 3), (RewardFixture.llama, 1)] {
        let scoring = try RewardScoring(directory: directory)
        #expect(scoring.memberCount == count)
        let members = try scoring.memberScores(of: groups)
        let means = try scoring.scores(of: groups)
        #expect(members.map(\.count) == [2, 1])
        for (members, means) in zip(members.joined(), means.joined()) {
          #expect(members.count == count && Set(members).count == count)
          #expect(abs(members.reduce(0, +) / Double(count) - means) < 1e-9)
        }
      }
    }

    @Test("a policy with the same tokenizer hands over ids, one with another hands over text")
    func vocabularies() throws {
      let scorer: any CompletionScoring = try RewardScoring(directory: RewardFixture.llama)
      let own = try Tokenizer(directory: RewardFixture.llama)
      let foreign = try Tokenizer(
        directory: URL(filePath: #filePath).deletingLastPathComponent()
          .appending(path: "../../Demo/tokenizer").standardized.path)
      #expect(scorer.reads(own.vocabularyIdentity))
      #expect(try scorer.reads(Tokenizer(directory: Fixture.model).vocabularyIdentity))
      #expect(!scorer.reads(foreign.vocabularyIdentity))
      let row = try RewardFixture.rows()[0]
      let text = try scorer.scores(of: [.init(row.prompt, completions: [row.chosen])])
      func group(_ tokenizer: Tokenizer) throws -> TokenizedCompletions {
        let encoding = try CompletionTokenization(tokenizer: tokenizer, directory: "policy")
          .encode(prompt: row.prompt, completions: [row.chosen])
        return .init(sequences: encoding.sequences, completionStart: encoding.shared)
      }
      #expect(try scorer.scores(of: [group(own)], in: own.vocabularyIdentity) == text)
      let error = #expect(throws: ForeignVocabulary.self) {
        try scorer.scores(of: [group(foreign)], in: foreign.vocabularyIdentity)
      }
      let sentence = try #require(error?.description)
      #expect(sentence.hasPrefix("token ids of a vocabulary of 2048 tokens ("))
      #expect(sentence.contains("were given to a scorer that reads one of 512 tokens ("))
      #expect(sentence.hasSuffix("); give it text"))
    }
  }
#endif
