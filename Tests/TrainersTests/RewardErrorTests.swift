#if LibTorch
  import Foundation
  import LanguageModels
  import PreferenceData
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("What stands in the way of a reward run is told in a sentence")
  struct RewardErrorTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func sentence(
      _ change: (inout RewardConfiguration) throws -> Void
    ) throws -> String {
      let error = #expect(throws: (any Error).self) { try RewardRun(in: folder, change) }
      return try String(describing: #require(error))
    }

    @Test("training that goes on with another head, or without a copy of the backbone")
    func start() throws {
      let refused =
        "\(RewardFixture.llama): is a reward model already, with a head of another form; its training "
        + "goes on with the same head_type, head_hidden_size and ensemble_size, and a backbone that is "
        + "not shared; name a language model to begin with a fresh head"
      #expect(try sentence { $0.headType = .mlp } == refused)
      #expect(try sentence { $0.ensembleSize = 2 } == refused)
      #expect(try sentence { $0.backbone = .shared } == refused)
    }

    @Test("records that hold no judgment")
    func kinds() throws {
      let prompts = try folder.write(#"{"prompt": "p"}"# + "\n", to: "prompts.jsonl")
      let seen = try sentence { $0.data.files = [prompts] }
      #expect(seen.hasPrefix("\(prompts): holds prompts, by its fields `prompt`; needed here are "))
      #expect(seen.contains("rankings (`prompt`, `completions`, `ranking`)"))
    }

    @Test("messages")
    func messages() throws {
      let text = #"[{"role": "user", "content": "a"}]"#
      let file = try folder.write(
        #"{"prompt": \#(text), "chosen": "b", "rejected": "c"}"# + "\n", to: "m.jsonl")
      #expect(
        try sentence { $0.data.files = [file] }.hasPrefix("\(file):1: holds messages, and chat"))
    }

    @Test("nothing but rows that cannot be used")
    func nothing() throws {
      let rows = [
        RewardFixture.RankedRow(prompt: "p", completions: [" a", " b"], ranking: [1, 1])
      ]
      let file = try folder.write(rows, to: "ties.jsonl")
      #expect(try sentence { $0.data.files = [file] }.contains("a tie prefers neither side"))
    }

    @Test("a loss that is no number names the row and the step")
    func divergence() throws {
      var model = try EditedModel(in: folder, name: "broken", of: RewardFixture.llama)
      model["score.weight", 0] = .nan
      try model.save()
      let seen = try sentence { $0.model = model.directory }
      #expect(seen.hasPrefix("step 1: the loss of "))
      #expect(
        seen.hasSuffix(
          ".jsonl:1 is NaN; lower learning_rate, or look for broken weights with `attune score`"))
    }

    @Test("a classifier of two labels, or that names none, is no reward model")
    func labels() throws {
      let directory = try RewardFixture.model("llama", in: folder)
      func change(_ change: (inout [String: Any]) -> Void) throws {
        let path = URL(filePath: "\(directory)/config.json")
        var fields = try #require(
          JSONSerialization.jsonObject(with: Data(contentsOf: path)) as? [String: Any])
        change(&fields)
        try JSONSerialization.data(withJSONObject: fields).write(to: path)
      }
      try change { $0["id2label"] = ["0": "good", "1": "bad"] }
      let two = #expect(throws: ModelError.self) { try RewardModel(directory: directory) }
      #expect(
        two?.description
          == "\(directory)/config.json: the classifier has 2 labels, and a reward model has one")
      try change { $0["id2label"] = nil }
      #expect(throws: ModelError.self) { try RewardModel(directory: directory) }
      try change { $0["num_labels"] = 1 }
      _ = try RewardModel(directory: directory)
    }

    @Test("a language model gives no scores, and a reward model no text")
    func tasks() throws {
      let scores = #expect(throws: ModelError.self) { try RewardModel(directory: Fixture.model) }
      #expect(
        scores?.description
          == "\(Fixture.model)/config.json: is a language model, not a reward model; train one from "
          + "it with `attune reward`")
      let text = #expect(throws: ModelError.self) {
        try CausalLanguageModel(directory: RewardFixture.llama)
      }
      #expect(
        text?.description
          == "\(RewardFixture.llama)/config.json: is a reward model, which gives scores and no text; "
          + "name a language model")
    }

    @Test("a record that was not written by Attune, or does not fit its heads")
    func records() throws {
      let directory = try RewardFixture.model("llama", in: folder)
      func sentence(_ text: String) throws -> String? {
        try folder.write(text, to: "model-llama/reward_model.json")
        return #expect(throws: ModelError.self) { try RewardModel(directory: directory) }?
          .description
      }
      let path = "\(directory)/reward_model.json"
      #expect(
        try sentence("{}")
          == "\(path): is not what this version of Attune writes for a reward model")
      #expect(
        try sentence(
          #"{"head":{"kind":{"linear":{}},"members":2},"normalization":[{"mean":0,"deviation":1}]}"#
        )
          == "\(path): normalizes 1 of 2 members")
      #expect(
        try sentence(#"{"head":{"kind":{"linear":{}},"members":0},"normalization":[]}"#)
          == "\(path): describes heads without members or without units")
    }

    @Test("heads that are missing or of another shape")
    func heads() throws {
      let run = try RewardRun(in: folder) {
        $0.model = Fixture.model
        $0.headType = .mlp
        $0.headHiddenSize = 8
        $0.batches.maxSteps = 1
      }
      let path = "\(run.directory)/reward_model.json"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacingOccurrences(of: "\"width\" : 8", with: "\"width\" : 9")
        .write(toFile: path, atomically: true, encoding: .utf8)
      let error = #expect(throws: ModelError.self) { try RewardModel(directory: run.directory) }
      #expect(
        error?.description
          == "\(run.directory)/reward_heads.safetensors: tensor 'heads.0.hidden.weight' of shape "
          + "[9, 64] is missing")
    }
  }
#endif
