#if LibTorch
  import Foundation
  import LanguageModels
  import PreferenceData
  import RunRecords
  import Testing
  import Tokenization
  import Trainers
  import TrainingConfiguration

  @Suite("What supervised runs take of their data")
  struct SupervisedDataTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func plan(
      _ files: [String], _ change: (inout SupervisedConfiguration) -> Void = { _ in }
    ) throws -> SupervisedPlan<SupervisedConfiguration> {
      var configuration = SupervisedConfiguration()
      configuration.model = Fixture.model
      configuration.data.files = files
      change(&configuration)
      return try SupervisedPlan(configuration)
    }

    private func message(
      _ files: [String], _ change: (inout SupervisedConfiguration) -> Void = { _ in }
    ) -> String? {
      do {
        _ = try plan(files, change)
        return nil
      } catch {
        return "\(error)"
      }
    }

    /// The learned ids of a demonstration.
    private func learned(_ prompt: String, _ completion: String) throws -> [[Int32]] {
      let file = try folder.write(
        rows: [["prompt": prompt, "completion": completion]], to: "one.jsonl")
      return try plan([file]).dataset.training.map { Array($0.sequence.ids) }
    }

    @Test("of pairs the chosen side, of rankings the best, of labelled completions the good ones")
    func kinds() throws {
      let pairs = try folder.write(
        rows: [["prompt": "Say it.", "chosen": " Yes", "rejected": " No"]], to: "pairs.jsonl")
      let rankings = try folder.write(
        #"{"prompt": "Say it.", "completions": [" No", " Yes", " Yes!"], "ranking": [2, 1, 1]}"#,
        to: "rankings.jsonl")
      let labelled = try folder.write(
        """
        {"prompt": "Say it.", "completion": " No", "label": false}
        {"prompt": "Say it.", "completion": " Yes", "label": true}
        """, to: "labelled.jsonl")
      let expected = try learned("Say it.", " Yes")
      for file in [pairs, rankings, labelled] {
        #expect(try plan([file]).dataset.training.map(\.sequence.ids) == expected, "\(file)")
      }
      let all = try plan([pairs, rankings, labelled])
      #expect(all.data.training == 3)
      #expect(all.data.dropped[.undesirable] == 1)
      #expect(all.data.dropped.examples(of: .undesirable).map(\.line) == [1])
      #expect(
        all.notes == [
          "1 preference pairs: the chosen completion of each is learned; weights and margins are not "
            + "used",
          "1 rankings: the best completion of each is learned, of equally good ones the first",
          "2 unpaired completions: those that are labelled desirable are learned",
        ])
      #expect(try plan([SupervisedFixture.demonstrations]).notes == [])
    }

    @Test("rows of no use are left out and counted by reason; strict makes them an error")
    func dropped() throws {
      let file = try folder.write(
        rows: [
          ["prompt": String(repeating: "Tell me more. ", count: 20), "completion": " Yes"],
          ["prompt": "Say it.", "completion": " "],
          ["prompt": "", "completion": "<|endoftext|>"],
          ["prompt": "Say it.", "completion": String(repeating: " Yes", count: 90)],
        ], to: "mixed.jsonl")
      let plan = try plan([file]) { $0.data.maxLength = 32 }
      #expect(plan.data.training == 1)
      #expect(plan.data.longestSequence == 32)
      #expect(plan.data.dropped[.promptTooLong] == 1)
      #expect(plan.data.dropped[.emptyCompletion] == 2)
      #expect(plan.notes == ["1 text is longer than max_length 32 and cut at the end"])
      #expect(
        message([file]) { $0.data.strict = true } == """
          Rows that cannot be used, which strict does not allow:
          2 rows: a completion is empty (\(file):2, \(file):3)
          Remove them, or leave strict out to have them skipped and counted.
          """)
      let human = try folder.write(rows: [["text": "\n\nHuman: Hi"]], to: "human.jsonl")
      #expect(
        message([human]) { $0.assistantOnlyLoss = true } == """
          \(human): no usable row is left:
          1 row: no assistant's turn is in the dialogue (\(human):1)
          Give data with at least one usable row.
          """)
    }

    @Test("prompts alone, messages and malformed rows are errors that say where")
    func unfit() throws {
      let prompts = try folder.write(rows: [["prompt": "Say it."]], to: "prompts.jsonl")
      #expect(
        message([prompts])?.hasPrefix(
          "\(prompts): holds prompts, by its fields `prompt`; needed here are preference pairs")
          == true)
      let messages = try folder.write(
        #"{"prompt": [{"role": "user", "content": "Hi"}], "completion": "Hello"}"#,
        to: "messages.jsonl")
      #expect(message([messages])?.hasPrefix("\(messages):1: holds messages") == true)
      let malformed = try folder.write(
        "{\"prompt\": \"Hi\"}\n{\"prompt\": \"Hi\", \"completion\": 3}", to: "malformed.jsonl")
      let seen = message([malformed])
      #expect(seen?.contains("\(malformed):1") == true)
      #expect(seen?.contains("\(malformed):2") == true)
      let text = try folder.write(rows: [["text": "Hi there"]], to: "text.jsonl")
      #expect(
        message([text]) { $0.completionOnlyLoss = true }?
          .hasPrefix("\(text):1: holds a text without a prompt") == true)
    }

    @Test("what is held out shares no prompt, and no text, with what is trained on")
    func split() throws {
      var rows: [[String: String]] = []
      for index in 0..<24 {
        rows.append(["prompt": "Number \(index % 8)?", "completion": " It is \(index)."])
      }
      let file = try folder.write(rows: rows, to: "rows.jsonl")
      let plan = try plan([file]) { $0.data.evaluationFraction = 0.25 }
      #expect(plan.data.heldOut == 6)
      func groups(_ examples: [SupervisedExample]) -> Set<Int> {
        Set(examples.map { ($0.source.line - 1) % 8 })
      }
      #expect(groups(plan.dataset.training).isDisjoint(with: groups(plan.dataset.heldOut)))
      // Long texts are held out whole.
      let texts = (0..<12).map { ["text": String(repeating: "Text \($0 % 6). ", count: 30)] }
      let textFile = try folder.write(rows: texts, to: "texts.jsonl")
      var configuration = PretrainingConfiguration()
      configuration.model = Fixture.model
      configuration.data.files = [textFile]
      configuration.data.maxLength = 32
      configuration.data.evaluationFraction = 0.3
      let blocks = try SupervisedPlan(configuration).dataset
      #expect(blocks.training.count + blocks.heldOut.count > 24)
      func lines(_ examples: [SupervisedExample]) -> Set<Int> {
        Set(examples.map { ($0.source.line - 1) % 6 })
      }
      #expect(!blocks.heldOut.isEmpty)
      #expect(lines(blocks.training).isDisjoint(with: lines(blocks.heldOut)))
    }

    @Test("pretraining joins a prompt and its completion")
    func joined() throws {
      var configuration = PretrainingConfiguration()
      configuration.model = Fixture.model
      configuration.data.files = [SupervisedFixture.demonstrations]
      let joined = try SupervisedPlan(configuration)
      configuration.data.files = [SupervisedFixture.texts]
      let texts = try SupervisedPlan(configuration)
      #expect(joined.dataset.training.map(\.sequence) == texts.dataset.training.map(\.sequence))
      #expect(
        joined.notes == [
          "warmup_steps is 100 and the run has 1 step, so the learning rate never reaches its peak; "
            + "lower warmup_steps, or train longer"
        ])
    }

    @Test(
      "nats per character are −log π of the held-out texts and their ends, whatever the blocks",
      arguments: [512, 16])
    func natsPerCharacter(maxLength: Int) throws {
      let run = try SupervisedRun(pretrainingIn: folder) {
        $0.data.evaluationFiles = [SupervisedFixture.texts]
        $0.data.maxLength = maxLength
        $0.batches.maxSteps = 1
      }
      let texts = try SupervisedFixture.rows(SupervisedFixture.texts).compactMap { $0["text"] }
      let tokenizer = try Tokenizer(directory: Fixture.model)
      let end = try #require(tokenizer.endOfSequence)
      // The same blocks, cut by hand, for a block's first token sees nothing before it.
      let blocks = texts.flatMap { text in
        let ids = [end] + tokenizer.encode(text) + [end]
        return stride(from: 1, to: ids.count, by: maxLength - 1).map { start in
          [
            PackedBatch.Sequence(
              prompt: [ids[start - 1]],
              completion: Array(ids[start..<min(start + maxLength - 1, ids.count)]))
          ]
        }
      }
      let model = try CausalLanguageModel(directory: run.directory)
      let nats = -(try SequenceScoring(model: model).summedLogProbabilities(of: blocks))
        .reduce(0) { $0 + $1[0] }
      let characters = texts.reduce(0) { $0 + $1.unicodeScalars.count }
      let tokens = blocks.reduce(0) { $0 + $1[0].scoredTokens }
      #expect(tokens == texts.reduce(0) { $0 + tokenizer.encode($1).count + 1 })
      for (name, expected) in [
        (MetricName.natsPerCharacter, nats / Double(characters)),
        (.loss, nats / Double(tokens)), (.perplexity, exp(nats / Double(tokens))),
      ] {
        #expect(relativeDeviation(try run.evaluated(name)[0], from: expected) < 1e-6, "\(name)")
      }
    }
  }
#endif
