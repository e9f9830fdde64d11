#if LibTorch
  import Foundation
  import Testing

  @Suite("attune score --reward-model")
  struct RewardScoreCommandTests {
    private let folder: TestFolder
    private let recorded = RepositoryFile.recorded.deletingLastPathComponent()
      .appending(path: "reward")
    private let model = RepositoryFile.recorded.appending(path: "model").path

    /// What transformers 5.23.0 gives: scripts/record/reward.py.
    private struct Recording: Decodable {
      struct Row: Decodable {
        var ids: [Int]
      }
      struct Untrained: Decodable {
        var family: String
        var scores: [Double]
      }
      struct Tokens: Decodable {
        var chosen_ids: [Int]
        var rejected_ids: [Int]
      }
      var rows: [Row]
      var untrained: [Untrained]
      var tokens: [Tokens]
    }

    init() throws { folder = try TestFolder() }

    private var classifier: String { recorded.appending(path: "llama").path }
    private var pairs: String { recorded.appending(path: "pairs.jsonl").path }

    private func score(_ model: String, _ data: String, _ arguments: String...) throws -> Invocation
    {
      try Invocation(
        ["score", "--reward-model", model, "--data", data, "--out", "scores.jsonl"] + arguments,
        in: folder)
    }

    private func texts() throws -> [[String: Any]] {
      try String(contentsOfFile: pairs, encoding: .utf8).split(separator: "\n").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
    }

    private func write(_ rows: [[String: Any]], to name: String) throws {
      let lines = try rows.map {
        String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
      }
      try folder.write(lines.joined(separator: "\n"), to: name)
    }

    @Test("the sides of pairs score as transformers scores their ids")
    func recordedPairs() throws {
      let recording = try JSONDecoder().decode(
        Recording.self, from: Data(contentsOf: recorded.appending(path: "expected.json")))
      let expected = try #require(recording.untrained.first { $0.family == "llama" }).scores
      let run = try score(classifier, pairs, "--json")
      #expect(run.status == 0, "\(run.error)")
      let rows = try folder.rows("scores.jsonl")
      #expect(rows.count == 8)
      #expect(Set(rows[0].keys) == ["line", "chosen_score", "rejected_score"])
      var compared = 0
      for (row, tokens) in zip(rows, recording.tokens) {
        for (side, ids) in [("chosen", tokens.chosen_ids), ("rejected", tokens.rejected_ids)] {
          guard let place = recording.rows.firstIndex(where: { $0.ids == ids }) else { continue }
          let seen = try #require(row["\(side)_score"] as? Double)
          #expect(abs(seen - expected[place]) < 1e-5)
          compared += 1
        }
      }
      #expect(compared >= 5)
      let agreeing = try rows.count {
        try #require($0["chosen_score"] as? Double) > #require($0["rejected_score"] as? Double)
      }
      #expect(try run.report()["accuracy"] as? Double == Double(agreeing) / 8)
      #expect(run.error.hasSuffix("attune: 8 of 8 rows scored\n"))
    }

    @Test("single completions and rankings score as sides of pairs do")
    func otherForms() throws {
      _ = try score(classifier, pairs)
      let sides = try folder.rows("scores.jsonl")
      let texts = try texts()
      try write(
        texts.map { ["prompt": $0["prompt"] ?? "", "completion": $0["chosen"] ?? ""] },
        to: "single.jsonl")
      #expect(try score(classifier, "single.jsonl", "--batch-size", "3").status == 0)
      let single = try folder.rows("scores.jsonl")
      try write(
        texts.map {
          [
            "prompt": $0["prompt"] ?? "", "ranking": [2, 1],
            "completions": [$0["rejected"] ?? "", $0["chosen"] ?? ""],
          ]
        }, to: "rankings.jsonl")
      #expect(try score(classifier, "rankings.jsonl").status == 0)
      let ranked = try folder.rows("scores.jsonl")
      for index in sides.indices {
        let chosen = try #require(sides[index]["chosen_score"] as? Double)
        let rejected = try #require(sides[index]["rejected_score"] as? Double)
        #expect(abs(try #require(single[index]["score"] as? Double) - chosen) < 1e-5)
        let scores = try #require(ranked[index]["scores"] as? [Double])
        #expect(abs(scores[0] - rejected) < 1e-5 && abs(scores[1] - chosen) < 1e-5)
      }
    }

    @Test("members of an ensemble become one number as asked; normalized in deviations")
    func ensembles() throws {
      let trained = try Invocation(
        "reward", "--model", model, "--data", pairs, "--out", "run", "--max-steps", "3",
        "--ensemble-size", "4", "--batch-size", "4", "--learning-rate", "1e-3", in: folder)
      #expect(trained.status == 0, "\(trained.error)")
      func rows(_ arguments: [String]) throws -> [[String: Any]] {
        let run = try Invocation(
          ["score", "--reward-model", "run", "--data", pairs, "--out", "scores.jsonl"] + arguments,
          in: folder)
        #expect(run.status == 0, "\(run.error)")
        return try folder.rows("scores.jsonl")
      }
      let expected: [(arguments: [String], law: ([Double]) -> Double)] = [
        (["--aggregate", "mean"], { $0.reduce(0, +) / 4 }),
        (["--aggregate", "min"], { $0.min() ?? 0 }),
        (["--aggregate", "median"], { ($0.sorted()[1] + $0.sorted()[2]) / 2 }),
        (
          ["--aggregate", "uwo", "--lambda", "2"],
          { members in
            let mean = members.reduce(0, +) / 4
            return mean - 2 * members.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
          }
        ),
      ]
      let record = try #require(
        try JSONSerialization.jsonObject(with: Data(folder.text("run/reward_model.json").utf8))
          as? [String: Any])
      let stored = try #require(record["normalization"] as? [[String: Double]])
      var plain: [[Double]] = []
      for (arguments, law) in expected {
        for row in try rows(arguments) {
          let members = try #require(row["chosen_scores"] as? [Double])
          plain.append(members)
          #expect(abs(try #require(row["chosen_score"] as? Double) - law(members)) < 1e-9)
          let mean = members.reduce(0, +) / 4
          let variance = members.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
          #expect(abs(try #require(row["chosen_variance"] as? Double) - variance) < 1e-9)
        }
      }
      for (row, members) in zip(try rows(["--normalized"]), plain) {
        let normalized = try #require(row["chosen_scores"] as? [Double])
        for (index, value) in normalized.enumerated() {
          let mean = try #require(stored[index]["mean"])
          let deviation = try #require(stored[index]["deviation"])
          #expect(abs(value - (members[index] - mean) / deviation) < 1e-9)
        }
      }
    }

    @Test("rows without a score are null in their place, with the reason")
    func unscored() throws {
      let run = try score(classifier, pairs, "--max-length", "60")
      #expect(run.status == 0)
      let rows = try folder.rows("scores.jsonl")
      #expect(rows.compactMap { $0["line"] as? Int } == Array(1...8))
      let missing = rows.filter { $0["chosen_score"] is NSNull }
      #expect(!missing.isEmpty && missing.count < 8)
      let reason = "prompt and completion have more than max_length tokens"
      #expect(missing.allSatisfy { $0["reason"] as? String == reason })
      #expect(
        run.error.hasSuffix(
          "attune: \(8 - missing.count) of 8 rows scored\n"
            + "attune: without a score: \(missing.count) (\(reason))\n"))
    }

    @Test("what cannot be is told in a sentence, and leaves no file")
    func errors() throws {
      func refusal(_ status: Int32, _ arguments: String...) throws -> String {
        let run = try Invocation(
          ["score", "--data", pairs, "--out", "scores.jsonl"] + arguments, in: folder)
        #expect(run.status == status, "\(run.error)")
        return run.error
      }
      #expect(
        try refusal(64).contains(
          "give '--model' for log probabilities or '--reward-model' for scores"))
      #expect(
        try refusal(64, "--model", model, "--normalized").contains("are about '--reward-model'"))
      #expect(
        try refusal(64, "--reward-model", classifier, "--per-token").contains(
          "'--per-token' is about '--model'"))
      #expect(
        try refusal(64, "--reward-model", classifier, "--lambda", "1").contains(
          "'--lambda' is about '--aggregate uwo'"))
      #expect(
        try refusal(64, "--reward-model", classifier, "--normalized").contains(
          "which this reward model does not store"))
      #expect(
        try refusal(65, "--reward-model", model).contains("is a language model, not a reward model")
      )
      #expect(
        try refusal(65, "--model", classifier).contains("is a reward model, which gives scores"))
      #expect(try folder.names() == [])
    }
  }
#endif
