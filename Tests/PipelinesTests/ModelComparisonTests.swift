#if LibTorch
  import Foundation
  import PreferenceData
  import Sampling
  import Sandbox
  import Testing

  @testable import Pipelines

  @Suite("Comparison of models by their weights")
  struct ModelComparisonTests {
    private static let fixtures = URL(filePath: #filePath)
      .deletingLastPathComponent().appending(path: "../TrainersTests/Fixtures").standardized
    private let model = fixtures.appending(path: "dpo/model").path
    private let reward = fixtures.appending(path: "reward/llama").path
    private let prompts = ["Tell me a story", "Why", "What is it"].enumerated().map {
      ComparedPrompt(
        $1, isHarmful: $0 == 0, source: SourceLocation(file: "p.jsonl", line: $0 + 1))
    }

    private func comparison(_ judge: ComparisonJudge) -> ModelComparison {
      var comparison = ModelComparison(
        models: [.init("one", at: model), .init("two", at: model)], prompts: prompts, judge: judge)
      comparison.sampling = SamplingParameters(maxNewTokens: 6, seed: 3)
      comparison.completions = 2
      return comparison
    }

    @Test("a model beside itself says the same, so that all is a tie, and KL from itself is 0")
    func itself() throws {
      var comparison = comparison(.reward(reward))
      comparison.reference = model
      comparison.furtherJudges = [.gold(worldSeed: 0)]
      comparison.baseline = "two"
      var activities: [String] = []
      let (result, answers) = try comparison.run { progress in
        if activities.last != progress.activity { activities.append(progress.activity) }
        #expect(progress.done <= progress.total)
      }
      #expect(
        activities == [
          "answering (one)", "answering (two)", "comparing with the reference (one)",
          "comparing with the reference (two)", "scoring",
        ])
      #expect(answers.models[0].completions == answers.models[1].completions)
      let one = result.models[0]
      #expect(result.baseline == "two" && one.winRate?.value == 0.5 && one.record?.ties == 6)
      #expect(abs(try #require(one.kl?.value)) < 1e-4)
      #expect(one.score != nil && one.furtherScores.map(\.judge) == ["gold"])
      let total = try #require(one.gold?.total)
      #expect(abs(total - one.furtherScores[0].score.value) < 1e-12)
      #expect(one.length.tokens <= 6 && result.reference == model)
    }

    @Test("a judge that compares is consistent with itself: nothing is asked about equal answers")
    func equalAnswers() throws {
      let (result, _) = try comparison(.model(model)).run()
      #expect(result.judging == .init(consistency: nil, firstPosition: nil, equalAnswers: 6))
      #expect(result.models[1].record?.ties == 6 && result.models[1].score == nil)
      #expect(result.judge == "model:\(model)")
      #expect(result.models[0].refusals?.harmful?.count == 2)
      #expect(result.notes.contains { $0.hasPrefix("refusals were counted by usual phrases") })
    }

    @Test("a judge's verdicts change sides when the models do")
    func exchanged() throws {
      let folder = try TemporaryFolder()
      // The same model with other ends of sequence stops at other places: two models that differ.
      let other = "\(folder.path)/other"
      try FileManager.default.copyItem(atPath: model, toPath: other)
      try Data(
        #"{"eos_token_id": [0, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63]}"#.utf8
      )
      .write(to: URL(filePath: "\(other)/generation_config.json"))
      func result(_ directories: [String]) throws -> ModelComparisonResult {
        var comparison = comparison(.model(model))
        comparison.models = zip(["one", "two"], directories).map { .init($0, at: $1) }
        comparison.sampling.maxNewTokens = 40
        return try comparison.run().result
      }
      let (usual, turned) = (try result([model, other]), try result([other, model]))
      let (a, b) = (usual.pairs[0].record, turned.pairs[0].record)
      let reversed = ComparedModelResult.Record(wins: b.losses, ties: b.ties, losses: b.wins)
      #expect(a == reversed)
      let judging = try #require(usual.judging)
      #expect(judging.equalAnswers < 6)
      #expect(judging.consistency == turned.judging?.consistency)
      #expect(judging.firstPosition?.count == turned.judging?.firstPosition?.count)
    }

    @Test("greedy answers have no KL, and a note says so; progress can stop the work")
    func greedy() throws {
      var comparison = comparison(.gold)
      comparison.reference = model
      comparison.completions = 1
      comparison.sampling.choice = .greedy
      let result = try comparison.run().result
      #expect(result.models[0].kl == nil && result.sampling.temperature == nil)
      #expect(result.notes.first?.hasPrefix("KL is a mean over samples") == true)
      struct Stop: Error {}
      #expect(throws: Stop.self) { try comparison.run { _ in throw Stop() } }
    }

    @Test("gold knows one world: what is right there is wrong in another; kinds are the world's")
    func worlds() throws {
      var rows = DemonstrationRows(world: SandboxWorld(), kinds: [.fact], seed: 1)
      let texts = (0..<12).map { _ in rows.next() }
      let prompts = texts.map { row -> ComparedPrompt in
        ComparedPrompt(text("prompt", row), source: SourceLocation(file: "p", line: 1))
      }
      func scores(_ seed: UInt64) throws -> (helpful: Double, kinds: Set<String?>) {
        let model = ComparedModel(
          name: "a", directory: "a",
          completions: texts.map { [ComparedCompletion(text("completion", $0), tokens: 4)] })
        var other = model
        other.name = "b"
        var answers = ComparedAnswers(prompts: prompts, models: [model, other], judge: "gold")
        try CompletionJudging(
          judge: .scorer(.gold(worldSeed: seed)), scorers: [LoadedScorer(.gold(worldSeed: seed))]
        ).judge(&answers) { _ in }
        let gold = answers.models[0].completions.compactMap { $0[0].gold }
        #expect(answers.models[0].completions.map { $0[0].score } == gold.map(\.total))
        #expect(answers.models[0].completions.allSatisfy { $0[0].furtherScores.isEmpty })
        return (
          gold.reduce(0) { $0 + $1.helpfulness } / 12, Set(answers.prompts.map(\.kind))
        )
      }
      let (own, foreign) = (try scores(0), try scores(7))
      #expect(own.kinds == ["fact"] && own.helpful > 0.8 && foreign.helpful < 0.6)
    }

    private func text(_ name: String, _ row: JSONObject) -> String {
      if case .string(let text)? = row[name] { text } else { "" }
    }

    @Test("a prompt without room is refused before anything is sampled")
    func room() throws {
      var comparison = comparison(.gold)
      let folder = try TemporaryFolder()
      for name in [
        "reward/gpt2/config.json", "dpo/model/tokenizer.json", "dpo/model/tokenizer_config.json",
      ] {
        let source = Self.fixtures.appending(path: name)
        try FileManager.default.copyItem(
          atPath: source.path, toPath: "\(folder.path)/\(source.lastPathComponent)")
      }
      // Its positions are learned, so that they are looked at before its weights are.
      comparison.models[1].directory = folder.path
      comparison.prompts[2].text = String(repeating: "What is it? ", count: 400)
      let error = #expect(throws: PipelineError.self) {
        try comparison.run { _ in Issue.record("sampled") }
      }
      let text = try #require(error?.description)
      #expect(
        text.hasPrefix("p.jsonl:3: the prompt has ") && text.contains("leaves no room"), "\(text)")
    }
  }
#endif
