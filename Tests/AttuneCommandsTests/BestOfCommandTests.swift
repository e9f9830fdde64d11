#if LibTorch
  import Foundation
  import Testing

  @Suite("attune generate --best-of")
  struct BestOfCommandTests {
    private let folder: TestFolder
    private let model = RepositoryFile.recorded.appending(path: "model").path
    private let rewardModel = RepositoryFile.recorded.deletingLastPathComponent()
      .appending(path: "reward/llama").path

    init() throws {
      folder = try TestFolder()
      try folder.write(
        #"{"prompt": "Tell me a story", "bonus": 100}"# + "\n" + #"{"prompt": "Why"}"# + "\n",
        to: "p.jsonl")
    }

    private func generate(_ arguments: String...) throws -> Invocation {
      try Invocation(
        ["generate", "--model", model, "--prompts", "p.jsonl", "--max-new-tokens", "12"]
          + arguments, in: folder)
    }

    /// A program that answers each row by an expression of Python.
    private func program(_ score: String) throws -> String {
      try folder.write(
        """
        import sys, json
        for line in sys.stdin:
            row = json.loads(line)
            print(json.dumps({"score": \(score)}), flush=True)
        """, to: "reward.py")
      return "exec python3 reward.py"
    }

    @Test("of each prompt's completions the one with the highest reward is written")
    func best() throws {
      let run = try generate(
        "--n", "6", "--best-of", "--reward-model", rewardModel, "--out", "o.jsonl", "--json")
      #expect(run.status == 0, "\(run.error)")
      let best = try folder.rows("o.jsonl")
      _ = try generate("--n", "6", "--out", "all.jsonl")
      let all = try folder.rows("all.jsonl")
      var means = (all: 0.0, best: 0.0)
      for (best, all) in zip(best, all) {
        let rewards = try #require(best["rewards"] as? [Double])
        let place = try #require(rewards.firstIndex(of: rewards.max() ?? 0))
        #expect(rewards.count == 6 && best["reward"] as? Double == rewards[place])
        #expect(best["prompt"] as? String == all["prompt"] as? String)
        for name in ["completion", "finish_reason"] {
          #expect(best[name] as? String == (all[name] as? [String])?[place])
        }
        for name in ["log_probability", "tokens"] {
          #expect(best[name] as? Double == (all[name] as? [Double])?[place])
        }
        means.all += rewards.reduce(0, +) / 12
        means.best += rewards[place] / 2
      }
      let report = try run.report()
      #expect(abs((report["mean_reward"] as? Double ?? 0) - means.all) < 1e-9)
      #expect(abs((report["mean_best_reward"] as? Double ?? 0) - means.best) < 1e-9)
      // ln 6 − 5/6
      #expect(abs((report["kl_bound"] as? Double ?? 0) - 0.9584261358947217) < 1e-12)
      #expect(report["prompts_without_reward"] as? Int == 0)
      let parts = report["mean_rewards"] as? [String: Double]
      #expect(abs((parts?["reward_model"] ?? 0) - means.all) < 1e-9)
      #expect(run.error.contains("attune: mean reward of all completions "))
      #expect(
        run.error.contains("KL of the best of 6 from what was drawn from: at most 0.9584 nats"))
      // The rewards are those that the model gives elsewhere.
      let scored = try Invocation(
        "score", "--reward-model", rewardModel, "--data", "all.jsonl", "--out", "s.jsonl",
        in: folder)
      #expect(scored.status == 0, "\(scored.error)")
      for (best, scored) in zip(best, try folder.rows("s.jsonl")) {
        let scores = try #require(scored["scores"] as? [Double])
        let rewards = try #require(best["rewards"] as? [Double])
        #expect(zip(scores, rewards).allSatisfy { abs($0 - $1) < 1e-5 })
      }
    }

    @Test("of equals the first is chosen; fields of the prompt's row reach a program")
    func ties() throws {
      let run = try generate(
        "--n", "3", "--best-of", "--reward-program", try program(#"row.get("bonus", 1)"#), "--out",
        "o.jsonl")
      #expect(run.status == 0, "\(run.error)")
      _ = try generate("--n", "3", "--out", "all.jsonl")
      for (best, all) in zip(try folder.rows("o.jsonl"), try folder.rows("all.jsonl")) {
        #expect(best["completion"] as? String == (all["completion"] as? [String])?.first)
      }
      #expect(try folder.rows("o.jsonl").map { $0["reward"] as? Double } == [100, 1])
    }

    @Test("a completion without a reward is never chosen, and a prompt without any is told")
    func unknown() throws {
      let run = try generate(
        "--n", "4", "--best-of", "--reward-program",
        try program(#"None if row["prompt"] == "Why" else 0"#), "--out", "o.jsonl",
        "--rejection", "s.jsonl", "--json")
      #expect(run.status == 0, "\(run.error)")
      let rows = try folder.rows("o.jsonl")
      #expect(rows[0]["reward"] as? Double == 0)
      for name in ["completion", "log_probability", "tokens", "finish_reason", "reward"] {
        #expect(rows[1][name] is NSNull)
      }
      #expect((rows[1]["rewards"] as? [Any])?.count == 4)
      #expect(
        rows[1]["reason"] as? String == "no reward has anything to say about any of the 4")
      #expect(run.error.contains("attune: 1 of 2 prompts have no completion with a reward"))
      #expect(try run.report()["prompts_without_reward"] as? Int == 1)
      // Such a row is one that cannot be used, not one that is wrong.
      let check = try Invocation("data", "validate", "o.jsonl", in: folder)
      #expect(check.status == 0 && check.output.contains("there is no completion"))
    }

    @Test("the best ones become demonstrations, without those that were cut off")
    func rejection() throws {
      let prompts = (0..<12).map { #"{"prompt": "Question \#($0)?"}"# + "\n" }
      try folder.write(prompts.joined(), to: "p.jsonl")
      let run = try generate(
        "--n", "4", "--rejection", "sft.jsonl", "--reward-program",
        try program(#"len(row["completion"])"#), "--stop", "e", "--json")
      #expect(run.status == 0, "\(run.error)")
      _ = try generate(
        "--n", "4", "--rejection", "again.jsonl", "--best-of", "--reward-program",
        "exec python3 reward.py", "--stop", "e", "--out", "o.jsonl")
      let finished = try folder.rows("o.jsonl").filter { $0["finish_reason"] as? String == "stop" }
      #expect(finished.count > 0 && finished.count < 12)
      let rows = try folder.rows("sft.jsonl")
      #expect(try folder.text("sft.jsonl") == folder.text("again.jsonl"))
      #expect(rows.count == finished.count)
      for (row, best) in zip(rows, finished) {
        #expect(Set(row.keys) == ["prompt", "completion", "reward"])
        for name in row.keys { #expect("\(row[name] ?? "")" == "\(best[name] ?? "-")") }
      }
      let report = try run.report()
      #expect(report["demonstrations"] as? Int == rows.count)
      #expect(report["demonstrations_cut_off"] as? Int == 12 - rows.count)
      #expect(
        run.error.contains(
          "attune: \(rows.count) demonstrations in sft.jsonl; \(12 - rows.count) of the best "
            + "completions were cut off and are left out\n"))
      let training = try Invocation(
        "sft", "--model", model, "--data", "sft.jsonl", "--out", "run", "--max-steps", "1",
        in: folder)
      #expect(training.status == 0, "\(training.error)")
    }

    @Test("without --best-of, all completions are written with their rewards")
    func lists() throws {
      _ = try generate(
        "--n", "3", "--rejection", "s.jsonl", "--out", "o.jsonl", "--reward-program",
        try program(#"len(row["completion"])"#))
      for row in try folder.rows("o.jsonl") {
        let completions = try #require(row["completion"] as? [String])
        #expect(
          row["reward"] as? [Double] == completions.map { Double($0.unicodeScalars.count) })
      }
    }

    @Test("a penalty for what was cut off, and weights, change the choice")
    func options() throws {
      func choice(_ arguments: String...) throws -> [String?] {
        let run = try Invocation(
          [
            "generate", "--model", model, "--prompts", "p.jsonl", "--max-new-tokens", "12", "--n",
            "8", "--best-of", "--out", "o.jsonl", "--stop", "e", "--reward-program",
            "exec python3 reward.py",
          ] + arguments, in: folder)
        #expect(run.status == 0, "\(run.error)")
        return try folder.rows("o.jsonl").map { $0["completion"] as? String }
      }
      _ = try program(#"len(row["completion"])"#)
      let plain = try choice()
      #expect(try choice("--missing-eos-penalty", "1000") != plain)
      #expect(try choice("--reward-weights", "-1") != plain)
      #expect(try choice("--reward-clip-range", "-3", "0") != plain)
      #expect(try choice("--reward-normalization", "running") == plain)
      #expect(try choice("--seed", "5") != plain)
    }

    @Test(
      "wrong usage is a sentence",
      arguments: [
        (["--best-of"], "'--best-of' chooses among several completions of a prompt; give '--n'"),
        (["--best-of", "--n", "1"], "give '--n' with 2 or more."),
        (["--rejection", "s.jsonl"], "'--rejection' chooses among several completions"),
        (["--best-of", "--n", "4"], "'--best-of' needs what says which completion is best: give"),
        (
          ["--n", "4", "--reward-gold"],
          "'--reward-gold' is about '--best-of' and '--rejection'; give one of them."
        ),
        (["--best-of", "--n", "4", "--greedy", "--reward-gold"], "'--greedy' gives the same"),
        (
          ["--best-of", "--n", "4", "--reward-program", "x", "--world-seed", "3"],
          "'--world-seed' is about '--reward-gold'."
        ),
        (
          ["--best-of", "--n", "4", "--reward-gold", "--reward-weights", "1", "2"],
          "--reward-weights 1 2: reward_weights has 2 numbers for 1 sources of reward;"
        ),
        (
          ["--best-of", "--n", "4", "--reward-gold", "--reward-aggregation", "best"],
          "reward_aggregation must be one of mean, min, median, uwo, but is 'best'"
        ),
        (
          ["--best-of", "--n", "4", "--reward-rules", "none.yaml"],
          "none.yaml: there is no such file; check the path"
        ),
        (
          ["--best-of", "--n", "4", "--reward-rules", "bad.yaml"],
          "bad.yaml:2:11: 'rules.0.type': is 'lenght', which is not allowed: there is no rule of this "
            + "type; did you mean 'length'?"
        ),
        (
          ["--best-of", "--n", "4", "--reward-endpoint", "here"],
          "the address of the endpoint must have the form https://host/path"
        ),
        (
          [
            "--best-of", "--n", "4", "--reward-model",
            RepositoryFile.recorded.deletingLastPathComponent().appending(path: "reward/llama")
              .path,
            "--reward-normalization", "stored",
          ],
          "reward_normalization is stored, but the reward model"
        ),
        (
          ["--best-of", "--n", "4", "--reward-rules", "gold.yaml", "--reward-gold"],
          "two rewards are named 'gold', so that their metrics could not be told apart"
        ),
      ] as [([String], String)])
    func usage(arguments: [String], message: String) throws {
      try folder.write("rules:\n  - type: lenght\n", to: "bad.yaml")
      try folder.write("rules:\n  - {type: repetition, name: gold}\n", to: "gold.yaml")
      let run = try Invocation(
        ["generate", "--model", model, "--prompts", "p.jsonl", "--out", "o.jsonl"] + arguments,
        in: folder)
      #expect(run.status == 64 && run.error.contains(message), "\(run.error)")
      #expect(!(try folder.names().contains("o.jsonl")))
    }

    @Test(
      "options of a file of prompts are refused beside a single one",
      arguments: [["--best-of"], ["--rejection", "s.jsonl"]])
    func singlePrompt(arguments: [String]) throws {
      let run = try Invocation(
        ["generate", "--model", model, "--prompt", "x"] + arguments, in: folder)
      #expect(run.status == 64)
      #expect(run.error.contains("'\(arguments[0])' is about '--prompts'."), "\(run.error)")
    }

    @Test("a reward model that is none is bad data")
    func badModels() throws {
      for (directory, message) in [
        ("nowhere", "nowhere/tokenizer.json: there is no such file"),
        (model, "is a language model, not a reward model"),
      ] {
        let run = try generate(
          "--n", "2", "--best-of", "--out", "o.jsonl", "--reward-model", directory)
        #expect(run.status == 65 && run.error.contains(message), "\(run.error)")
      }
    }

    @Test(
      "a program that fails is told in its own words, and leaves no file",
      arguments: [
        ("no-such-program", "ended with status 127 after 0 of 4 answers"),
        ("echo broken >&2; exit 9", "the end of its standard error:\n    broken"),
        ("exec sleep 60", "gave no answer within 0.5 seconds"),
        ("while read row; do echo nonsense; done", "answered row 1 with a line that is no JSON"),
        ("while read row; do echo '{\"score\": NaN}'; done", "with a line that is no JSON"),
        (
          "while read row; do echo '{\"score\": \"good\"}'; done",
          "it must answer an object with a number, or null, as 'score'"
        ),
      ])
    func failingPrograms(program: String, message: String) throws {
      let run = try generate(
        "--n", "2", "--best-of", "--out", "o.jsonl", "--reward-program", program,
        "--reward-timeout", "0.5")
      #expect(run.status == 1 && run.error.contains(message), "\(run.error)")
      #expect(try folder.names() == ["p.jsonl"])
    }

    @Test("Ctrl-C stops it between two batches, and its program with it")
    func interruption() throws {
      let prompts = (0..<400).map { #"{"prompt": "Question \#($0)?"}"# + "\n" }
      try folder.write(prompts.joined(), to: "p.jsonl")
      try folder.write(
        """
        import sys, time
        for line in sys.stdin:
            open("asked", "a").close()
            time.sleep(0.005)
            print('{"score": 1}', flush=True)
        open("ended", "w").close()
        """, to: "slow.py")
      let process = try Invocation.process(
        [
          "generate", "--model", model, "--prompts", "p.jsonl", "--max-new-tokens", "2", "--n",
          "8", "--best-of", "--reward-program", "exec python3 slow.py", "--out", "o.jsonl",
        ], in: folder)
      process.standardError = try folder.emptyFile("error")
      try process.runUnblocked()
      let asked = folder.url.appending(path: "asked").path
      while process.isRunning, !FileManager.default.fileExists(atPath: asked) { usleep(5000) }
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationStatus == 130)
      let error = try folder.text("error")
      #expect(error.contains("of 3200 completions; o.jsonl was not written"), "\(error)")
      #expect(!(try folder.names().contains("o.jsonl")))
    }
  }
#endif
