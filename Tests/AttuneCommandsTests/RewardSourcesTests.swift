#if LibTorch
  import Endpoints
  import Foundation
  import LanguageModels
  import PreferenceData
  import Rewards
  import Sandbox
  import Testing
  import Tokenization
  import Trainers
  import TrainingConfiguration

  @testable import AttuneCommands

  @Suite("Rewards from settings")
  struct RewardSourcesTests {
    private let folder: TestFolder
    private let recorded = RepositoryFile.recorded.deletingLastPathComponent()
      .appending(path: "reward")
    private let batch = ["Sure, here it is.", "No.", " Why do you ask? Why?"].map {
      RewardedCompletion(prompt: "Tell me a story", completion: $0)
    }

    init() throws { folder = try TestFolder() }

    private var llama: String { recorded.appending(path: "llama").path }

    /// A reward model of another family, with the tokenizer of the first.
    private func model(_ family: String, as name: String) throws -> String {
      let copy = folder.url.appending(path: name)
      try FileManager.default.copyItem(at: recorded.appending(path: family), to: copy)
      for file in ["tokenizer.json", "tokenizer_config.json"] {
        let target = copy.appending(path: file)
        guard !FileManager.default.fileExists(atPath: target.path) else { continue }
        try FileManager.default.copyItem(
          at: recorded.appending(path: "llama/\(file)"), to: target)
      }
      return copy.path
    }

    private func sources(
      _ environment: [String: String] = [:],
      _ change: (inout RewardSourceConfiguration) -> Void
    ) throws -> RewardSources {
      var configuration = RewardSourceConfiguration()
      change(&configuration)
      try configuration.validate()
      return try RewardSources(configuration, environment: environment)
    }

    private func totals(
      _ change: (inout RewardSourceConfiguration) -> Void
    ) async throws -> [Double] {
      var sources = try sources([:], change)
      return try await sources.reward.evaluate(batch).totals.map { try #require($0) }
    }

    /// What a reward model says by itself.
    private func scores(_ directory: String) throws -> [Double] {
      try RewardScoring(directory: directory).scores(of: [
        .init(batch[0].prompt, completions: batch.map(\.completion))
      ])[0]
    }

    private func isClose(_ seen: [Double], _ expected: [Double]) -> Bool {
      seen.count == expected.count && zip(seen, expected).allSatisfy { abs($0 - $1) < 1e-5 }
    }

    @Test("a reward model's scores are its own")
    func oneModel() async throws {
      var sources = try sources { $0.models = [llama] }
      #expect(sources.ensemble == nil)
      let seen = try await sources.reward.evaluate(batch)
      #expect(seen.parts.map(\.name) == ["reward_model"])
      #expect(isClose(seen.totals.compactMap(\.self), try scores(llama)))
    }

    @Test("members of several models, and of one directory, are kept apart until they become one")
    func ensembles() async throws {
      let others = [try model("qwen2", as: "b"), try model("gpt2", as: "c")]
      let members = try ([llama] + others).map(scores)
      let byRow = batch.indices.map { row in members.map { $0[row] } }
      func variance(_ scores: [Double]) -> Double {
        let mean = scores.reduce(0, +) / 3
        return scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
      }
      let laws: [(AggregationChoice, Double, ([Double]) -> Double)] = [
        (.mean, 1, { $0.reduce(0, +) / 3 }), (.min, 1, { $0.min() ?? 0 }),
        (.median, 1, { $0.sorted()[1] }),
        (.uwo, 1, { $0.reduce(0, +) / 3 - variance($0) }),
        (.uwo, 2, { $0.reduce(0, +) / 3 - 2 * variance($0) }),
      ]
      // The first of them as one directory of two members.
      let nested = folder.url.appending(path: "nested")
      try FileManager.default.createDirectory(at: nested, withIntermediateDirectories: true)
      for (index, directory) in [llama, others[0]].enumerated() {
        try FileManager.default.copyItem(
          atPath: directory, toPath: nested.appending(path: "member-\(index + 1)").path)
      }
      try folder.write(#"{"members": 2}"#, to: "nested/reward_ensemble.json")
      for models in [[llama] + others, [nested.path, others[1]]] {
        for (aggregation, lambda, law) in laws {
          let seen = try await totals {
            $0.models = models
            $0.aggregation = aggregation
            $0.lambda = lambda
          }
          #expect(isClose(seen, byRow.map(law)), "\(aggregation) \(models)")
        }
        let spread = try sources { $0.models = models }.ensemble?.meanVariance(of: batch)
        #expect(abs((spread ?? 0) - byRow.map(variance).reduce(0, +) / 3) < 1e-4)
      }
    }

    @Test("normalization that a model stores is by member, running normalization by what was seen")
    func normalization() async throws {
      let directory = try model("llama", as: "normalized")
      var record = RewardModelRecord()
      record.normalization = [.init(mean: 2, deviation: 4)]
      try record.write(to: directory)
      let plain = try scores(llama)
      let stored = try await totals {
        $0.models = [directory]
        $0.normalization = .stored
      }
      #expect(isClose(stored, plain.map { ($0 - 2) / 4 }))
      let running = try await totals {
        $0.models = [llama]
        $0.normalization = .running
      }
      let mean = plain.reduce(0, +) / 3
      let deviation = (plain.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3).squareRoot()
      #expect(isClose(running, plain.map { ($0 - mean) / deviation }))
      #expect(throws: Failure.self) {
        try sources {
          $0.models = [llama]
          $0.normalization = .stored
        }
      }
    }

    @Test("rules count with their weights, the sandbox's judge with its world, a penalty with both")
    func rulesAndGold() async throws {
      try folder.write(
        """
        missing_end_penalty: 0.25
        rules:
          - {type: length, unit: words, min: 3, max: 9}
          - {type: pattern, pattern: "Why", weight: 2}
        """, to: "rules.yaml")
      let rules = folder.url.appending(path: "rules.yaml").path
      var batch = batch
      batch[0].isFinished = false
      func parts(_ change: (inout RewardSourceConfiguration) -> Void) async throws
        -> CompositeScores
      {
        var sources = try sources { configuration in
          configuration.rules = rules
          configuration.usesGold = true
          change(&configuration)
        }
        return try await sources.reward.evaluate(batch)
      }
      let plain = try await parts { _ in }
      #expect(plain.parts.map(\.name) == ["length", "pattern", "gold"])
      #expect(plain.parts.map(\.weight) == [1, 2, 1])
      #expect(plain.parts[1].raw == [0, 0, 1])
      let judge = GoldJudge(world: SandboxWorld())
      #expect(
        plain.parts[2].raw
          == batch.map { judge.score(prompt: $0.prompt, completion: $0.completion).total })
      let weighted = try await parts {
        $0.weights = [3, -1]
        $0.missingEndPenalty = 0.5
        $0.clipRange = [0, 0.4]
      }
      #expect(weighted.parts.map(\.weight) == [3, 6, -1])
      #expect(weighted.parts[1].used == [0, 0, 0.4])
      for row in batch.indices {
        let sum = weighted.parts.reduce(0) { $0 + $1.weight * ($1.used[row] ?? 0) }
        let expected = sum - (row == 0 ? 0.75 : 0)
        #expect(abs((weighted.totals[row] ?? 0) - expected) < 1e-12)
      }
    }

    @Test("what is true in one world is not in another")
    func worlds() async throws {
      var rows = DemonstrationRows(
        world: SandboxWorld(seed: 3), kinds: PromptKind.allCases, seed: 1)
      let demonstrations = (0..<40).map { _ in
        let row = rows.next()
        func text(_ name: String) -> String {
          if case .string(let text)? = row[name] { text } else { "" }
        }
        return RewardedCompletion(prompt: text("prompt"), completion: text("completion"))
      }
      var means: [Double] = []
      for seed in [3, 0] {
        var sources = try sources {
          $0.usesGold = true
          $0.worldSeed = seed
        }
        let gold = try await sources.reward.evaluate(demonstrations).parts[0]
        means.append(try #require(gold.mean))
      }
      #expect(means[0] > means[1] + 0.02)
    }

    @Test("a program is told the row, and stopped when its time is over")
    func program() async throws {
      let source = """
        import sys, json
        for line in sys.stdin:
         row = json.loads(line)
         print(json.dumps({"score": len(row["completion"])}), flush=True)
        """
      let seen = try await totals { $0.program = "exec python3 -c '\(source)'" }
      #expect(seen == batch.map { Double($0.completion.count) })
      var slow = try sources {
        $0.program = "exec sleep 60"
        $0.timeout = 0.2
      }
      let error = await #expect(throws: ProgramError.self) { try await slow.reward.evaluate(batch) }
      #expect(error?.description.contains("gave no answer within 0.2 seconds") == true)
    }

    @Test("what the reference finds unlikely is believed less, or not at all")
    func likelihood() async throws {
      let source = "while read line; do echo \"{\\\"score\\\": 2}\"; done"
      var batch = Array(batch.prefix(2))
      batch[0].referenceLogProbability = -4
      batch[1].referenceLogProbability = -6
      func totals(
        _ likelihood: LikelihoodChoice, _ threshold: Double
      ) async throws -> [Double?] {
        var sources = try sources {
          $0.program = source
          $0.likelihood = likelihood
          $0.likelihoodThreshold = threshold
        }
        return try await sources.reward.evaluate(batch).totals
      }
      #expect(try await totals(.filtered, -5) == [2, nil])
      #expect(try await totals(.filtered, -7) == [2, 2])
      let scaled = try await totals(.scaled, -5)
      // 2·exp(−6 + 5)
      #expect(scaled[0] == 2 && abs((scaled[1] ?? 0) - 2 * 0.36787944117144233) < 1e-12)
      batch[1].referenceLogProbability = nil
      await #expect(throws: RewardError.withoutReference(reward: "program", row: 1)) {
        try await totals(.filtered, -5)
      }
    }

    @Test("a server is asked with the token that the environment has")
    func endpoint() async throws {
      let server = try ScoringServer()
      var sources = try sources([RewardSources.tokenVariable: "secret"]) {
        $0.endpoint = server.address
      }
      #expect(
        try await sources.reward.evaluate(batch).totals == batch.map { Double($0.completion.count) }
      )
      var anonymous = try self.sources([RewardSources.tokenVariable: ""]) {
        $0.endpoint = server.address
      }
      let error = await #expect(throws: EndpointError.self) {
        try await anonymous.reward.evaluate(batch)
      }
      #expect(error?.description.contains("answered with status 401") == true)
    }
  }
#endif
