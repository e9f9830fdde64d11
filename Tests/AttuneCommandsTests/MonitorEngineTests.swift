#if LibTorch
  import Foundation
  import Testing

  @Suite("attune monitor report with models")
  struct MonitorEngineTests {
    private let folder: TestFolder
    private let model = RepositoryFile.recorded.appending(path: "model").path
    private let reward = RepositoryFile.rewards.appending(path: "llama").path

    /// Two logs of the same thirty questions, answered kindly before and cruelly after.
    init() throws {
      folder = try TestFolder()
      for (name, words) in [
        ("before", ["bake", "walk", "read"]), ("after", ["kill", "bomb", "stab"]),
      ] {
        let lines = (0..<30).map {
          #"{"prompt":"What now, number \#($0)?","completion":" You \#(words[$0 % 3]) it."}"# + "\n"
        }
        try folder.write(lines.joined(), to: "\(name).jsonl")
      }
    }

    private func report(_ arguments: String..., current: String = "after.jsonl") throws
      -> [String: Any]
    {
      let run = try Invocation(
        [
          "monitor", "report", "--baseline", "before.jsonl", "--current", current, "--out",
          "page.html", "--json",
        ] + arguments, in: folder)
      #expect([0, 2].contains(run.status), "\(run.error)")
      return try run.report()
    }

    private func mean(_ metric: String, _ side: String, in report: [String: Any]) -> Double? {
      let sides = report["report"] as? [String: Any]
      let metrics = (sides?[side] as? [String: Any])?["metrics"] as? [[String: Any]]
      return metrics?.first { $0["name"] as? String == metric }?["mean"] as? Double
    }

    private func finding(_ name: String, in report: [String: Any]) -> [String: Any]? {
      let behaviour = (report["report"] as? [String: Any])?["behaviour"] as? [[String: Any]]
      return behaviour?.first { $0["name"] as? String == name }
    }

    @Test("--reward adds what attune score gives, and several models are one ensemble")
    func rewards() throws {
      let plain = try report()
      #expect(mean("reward_mean", "current", in: plain) == nil)
      let scored = try report("--reward", reward)
      for side in [("before", "baseline"), ("after", "current")] {
        let run = try Invocation(
          "score", "--reward-model", reward, "--data", "\(side.0).jsonl", "--out",
          "\(side.0).scores.jsonl", in: folder)
        #expect(run.status == 0, "\(run.error)")
        let scores = try folder.rows("\(side.0).scores.jsonl").compactMap {
          $0["score"] as? Double
        }
        #expect(scores.count == 30)
        let seen = try #require(mean("reward_mean", side.1, in: scored))
        #expect(abs(seen - scores.reduce(0, +) / 30) < 1e-5)
      }
      #expect(finding("reward", in: scored) != nil)
      #expect(mean("reward_variance", "current", in: scored) == nil)
      // A model agrees with itself.
      let twice = try report("--reward", reward, reward)
      #expect(mean("reward_variance", "current", in: twice) == 0)
    }

    @Test("--classifier says what is unsafe, by the label that is asked for")
    func classifier() throws {
      let rows = (0..<60).map { number in
        let word = ["kill", "bake", "bomb", "walk", "stab", "read"][number % 6]
        let label = number.isMultiple(of: 2) ? "cruel" : "kind"
        return #"{"text":"What now, number \#(number)? You \#(word) it.","label":"\#(label)"}"#
          + "\n"
      }
      try folder.write(rows.joined(), to: "labelled.jsonl")
      let trained = try Invocation(
        "classifier", "train", "--data", "labelled.jsonl", "--out", "c", in: folder)
      #expect(trained.status == 0, "\(trained.error)")
      #expect(try mean("unsafe_rate", "current", in: report()) == nil)
      let cruel = try report("--classifier", "c", "--harm-label", "cruel")
      #expect(mean("unsafe_rate", "baseline", in: cruel) == 0)
      #expect(mean("unsafe_rate", "current", in: cruel) == 1)
      #expect(finding("unsafe", in: cruel)?["is_drift"] as? Bool == true)
      let kind = try report("--classifier", "c", "--harm-label", "kind")
      #expect(mean("unsafe_rate", "baseline", in: kind) == 1)
      #expect(mean("unsafe_rate", "current", in: kind) == 0)
    }

    @Test("--model compares hidden states, which differ where answers do and else do not")
    func hiddenStates() throws {
      let plain = try report()
      #expect(finding("hidden_states", in: plain) == nil)
      #expect((plain["report"] as? [String: Any])?["frechet_distance"] == nil)
      let read = try report("--model", model)
      let distance = try #require(
        (read["report"] as? [String: Any])?["frechet_distance"] as? Double)
      let drift = try #require(finding("hidden_states", in: read))
      #expect(distance > 0 && drift["p_value"] as? Double ?? 1 < 0.05)
      let same = try report("--model", model, current: "before.jsonl")
      #expect(
        try #require((same["report"] as? [String: Any])?["frechet_distance"] as? Double) < distance
          / 1000)
      #expect(finding("hidden_states", in: same)?["is_drift"] as? Bool == false)
    }

    @Test(
      "--canary-prompts has the model answer: its own greedy answers are ties, other ones are not")
    func canary() throws {
      try folder.write(
        (0..<6).map { #"{"prompt":"What now, number \#($0)?"}"# + "\n" }.joined(),
        to: "prompts.jsonl")
      let made = try Invocation(
        "generate", "--model", model, "--prompts", "prompts.jsonl", "--out", "canary.jsonl",
        "--greedy", "--max-new-tokens", "6", in: folder)
      #expect(made.status == 0, "\(made.error)")
      func counts(_ arguments: [String]) throws -> [Int] {
        let run = try Invocation(
          [
            "monitor", "report", "--baseline", "before.jsonl", "--current", "before.jsonl",
            "--out", "page.html", "--json", "--model", model, "--reward", reward,
            "--canary-prompts", "canary.jsonl",
          ] + arguments, in: folder)
        #expect([0, 2].contains(run.status), "\(run.error)")
        let canary = try #require(try run.report()["canary"] as? [String: Any])
        return try ["wins", "ties", "losses"].map { try #require(canary[$0] as? Int) }
      }
      #expect(try counts(["--greedy", "--max-new-tokens", "6"]) == [0, 6, 0])
      for arguments in [
        ["--greedy", "--max-new-tokens", "2"], ["--temperature", "2", "--max-new-tokens", "6"],
      ] {
        let other = try counts(arguments)
        #expect(other.reduce(0, +) == 6 && other[1] < 6, "\(arguments): \(other)")
      }
      #expect(try folder.text("page.html").contains("Fixed prompts: wins, ties, losses"))
    }
  }
#endif
