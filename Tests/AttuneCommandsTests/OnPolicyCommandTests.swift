#if LibTorch
  import Foundation
  import Testing

  @Suite("attune ppo, rloo, grpo and reinforce")
  struct OnPolicyCommandTests {
    static let verbs = ["ppo", "rloo", "grpo", "reinforce"]

    private let folder: TestFolder
    private let model = RepositoryFile.recorded.appending(path: "model").path
    private let prompts = RepositoryFile.recorded.appending(path: "pairs.jsonl").path
    private let rewardModel = RepositoryFile.recorded.deletingLastPathComponent()
      .appending(path: "reward/llama").path

    init() throws {
      folder = try TestFolder()
      try folder.write(
        "rules:\n  - {type: length, unit: words, min: 2, max: 9}\n  - {type: pattern, pattern: e}\n",
        to: "rules.yaml")
      // Longer rows are better, which is a reward of no use, but one that varies.
      try folder.write(
        "while read -r line; do echo \"{\\\"score\\\": ${#line}}\"; done\n", to: "length.sh")
    }

    private func run(
      _ verb: String, _ arguments: String..., steps: Int = 2, out: String = "run"
    ) throws -> Invocation {
      try Invocation(
        [
          verb, "--model", model, "--prompts", prompts, "--out", out, "--batch-size", "8",
          "--num-generations", "4", "--max-completion-length", "6", "--max-steps", "\(steps)",
          "--json",
        ] + arguments, in: folder)
    }

    @Test("the forms of the manual work, with each source of reward", arguments: verbs)
    func forms(verb: String) throws {
      let sources = [
        ["--reward-rules", "rules.yaml"], ["--reward-program", "sh length.sh"], ["--reward-gold"],
      ]
      for (number, source) in sources.enumerated() {
        let out = "run-\(number)"
        let run = try Invocation(
          [
            verb, "--model", model, "--prompts", prompts, "--out", out, "--batch-size", "8",
            "--num-generations", "4", "--max-completion-length", "6", "--max-steps", "2", "--beta",
            "0.05", "--json",
          ] + source, in: folder)
        #expect(run.status == 0, "\(run.error)")
        let report = try run.report()
        #expect(report["steps"] as? Int == 2 && report["completions"] as? Int == 16)
        for name in [
          "completions_per_second", "tokens_per_second", "reward", "objective/kl", "loss",
          "completions/mean_length", "sampling/sampling_logp_difference/max", "updates",
        ] {
          #expect(report[name] is Double, "\(name)")
        }
        #expect(report["completions_per_second"] as? Double ?? 0 > 0)
        #expect(report["completions/max_length"] as? Double ?? 9 <= 6)
        #expect(run.error.contains("attune: 8 prompts to train on\n"))
        #expect(run.error.contains("attune: step 1, reward "))
        #expect(run.error.contains("attune: 2 steps; the model is in \(out)\n"))
        #expect(!run.error.contains("nan"))
        #expect(try folder.rows("\(out)/metrics.jsonl").count == 2)
        #expect(try folder.rows("\(out)/completions.jsonl").count == 2)
      }
      let report = try folder.rows("run-0/metrics.jsonl")
      #expect(report.allSatisfy { $0["rewards/length/mean"] != nil })
      let generated = try Invocation(
        "generate", "--model", "run-0", "--prompt", "Why", "--max-new-tokens", "3", in: folder)
      #expect(generated.status == 0, "\(generated.error)")
    }

    @Test("a reward model is a reward, and with PPO where values begin")
    func valueModel() throws {
      let run = try run(
        "ppo", "--reward-model", rewardModel, "--value-backbone", "own", "--value-model",
        rewardModel, "--eval-fraction", "0.25", "--judge-gold")
      #expect(run.status == 0, "\(run.error)")
      let report = try run.report()
      #expect(report["eval_gold"] is Double && report["eval_reward"] is Double)
      #expect(run.error.contains("attune: step 2: held-out reward "))
      #expect(run.error.contains(", gold "))
    }

    @Test("several reward models are an ensemble, and a model or a program judges beside it")
    func judges() throws {
      let second = try Invocation(
        "reward", "--model", model, "--data", prompts, "--out", "second", "--max-steps", "1",
        in: folder)
      #expect(second.status == 0, "\(second.error)")
      let models = [rewardModel, "second"]
      var gold: [[Double]] = []
      for (number, judge) in [
        ["--judge-model", models[0]], ["--judge-model", models[1]],
        ["--judge-program", "sh length.sh"],
      ].enumerated() {
        let out = "run-\(number)"
        let run = try Invocation(
          [
            "grpo", "--model", model, "--prompts", prompts, "--out", out, "--batch-size", "8",
            "--num-generations", "4", "--max-completion-length", "6", "--max-steps", "2",
            "--reward-model", models[0], models[1], "--reward-aggregation", "min",
            "--eval-fraction", "0.25", "--eval-steps", "1",
          ] + judge, in: folder)
        #expect(run.status == 0, "\(run.error)")
        #expect(run.error.contains("attune: the scores of 2 reward models become one as they "))
        let evaluations = try folder.rows("\(out)/metrics.jsonl").filter { $0["eval_gold"] != nil }
        #expect(evaluations.allSatisfy { $0["eval_reward_variance"] is Double })
        gold.append(evaluations.compactMap { $0["eval_gold"] as? Double })
      }
      #expect(gold.allSatisfy { $0.count == 3 })
      // The same completions, judged by three. The length of a row's JSON is more than any model's score.
      #expect(gold[0] != gold[1] && gold[2].allSatisfy { $0 > 20 })
    }

    @Test("a server rewards whom it knows")
    func endpoint() throws {
      let token = ["ATTUNE_REWARD_TOKEN": "secret"]
      func arguments(_ server: ScoringServer) -> [String] {
        [
          "rloo", "--model", model, "--prompts", prompts, "--out", "run", "--batch-size", "8",
          "--num-generations", "4", "--max-completion-length", "6", "--max-steps", "2",
          "--reward-endpoint", server.address, "--reward-timeout", "5", "--overwrite", "--json",
        ]
      }
      let server = try ScoringServer()
      let run = try Invocation(arguments(server), in: folder, environment: token)
      #expect(run.status == 0, "\(run.error)")
      #expect(try run.report()["rewards/endpoint/mean"] is Double)
      #expect(!(try folder.text("run/attune.yaml")).contains("secret"))
      let stranger = try Invocation(arguments(server), in: folder)
      #expect(stranger.status == 1 && stranger.error.contains("answered with status 401"))
    }

    @Test("--print-config prints all settings, which --config reads", arguments: verbs)
    func configuration(verb: String) throws {
      let printed = try Invocation(
        verb, "--print-config", "--model", model, "--prompts", prompts, "--reward-gold",
        "--batch-size", "8", "--temperature", "0.9", "--stop", "Human:", in: folder)
      #expect(printed.status == 0, "\(printed.error)")
      #expect(printed.output.contains("temperature: 0.9 "))
      #expect(
        printed.output.contains("stop: [\"Human:\"]") || printed.output.contains("stop: ['Human:']")
      )
      try folder.write(printed.output, to: "run.yaml")
      let again = try Invocation(verb, "--print-config", "--config", "run.yaml", in: folder)
      #expect(again.output == printed.output)
    }

    @Test("what is wrong with the arguments is wrong usage, with prompts bad data")
    func mistakes() throws {
      func expect(
        _ status: Int32, _ sentence: String, _ arguments: String...
      ) throws {
        let run = try Invocation(
          ["grpo", "--model", model, "--out", "run"] + arguments, in: folder)
        #expect(run.status == status, "\(run.error)")
        #expect(run.error.contains(sentence), "\(run.error)")
      }
      try expect(64, "nothing says how good a completion is", "--prompts", prompts)
      try expect(64, "prompts is not set: give --prompts file", "--reward-gold")
      try expect(
        64, "--top-k'; it is not a setting here", "--prompts", prompts, "--reward-gold", "--top-k",
        "3")
      try expect(
        64, "max_completion_length is 1024, but the model has 1024 positions", "--prompts", prompts,
        "--reward-gold", "--max-completion-length", "1024")
      try folder.write("", to: "empty.jsonl")
      try expect(65, "empty.jsonl", "--prompts", "empty.jsonl", "--reward-gold")
      try expect(65, "absent.jsonl", "--prompts", "absent.jsonl", "--reward-gold")
      #expect(try !folder.names().contains("run"))
    }

    /// A program that answers all rows of two steps as it should.
    private func write(program last: String) throws {
      try folder.write(
        """
        while read -r line; do
          echo x >> asked
          if [ $(wc -l < asked) -gt 16 ]; then
            \(last)
          else
            echo "{\\"score\\": ${#line}}"
          fi
        done

        """, to: "program.sh")
    }

    @Test(
      "a program that fails ends the run with its checkpoint",
      arguments: [
        ("echo bad luck >&2; exit 3", "ended with status 3 after "),
        ("sleep 60", "gave no answer within 1 second, after "),
        ("echo hello", "with a line that is no JSON: \"hello\""),
        ("echo '{\"score\": \"high\"}'", "it must answer "),
        ("echo '{}'", "it must answer "),
      ])
    func failingProgram(last: String, sentence: String) throws {
      try write(program: last)
      let begun = Date()
      let failed = try run(
        "rloo", "--reward-program", "sh program.sh", "--reward-timeout", "1", steps: 4)
      #expect(Date().timeIntervalSince(begun) < 30)
      #expect(failed.status == 1, "\(failed.error)")
      #expect(failed.error.contains("attune: error: the program 'sh program.sh' "))
      #expect(failed.error.contains(sentence), "\(failed.error)")
      if last.hasPrefix("echo bad") { #expect(failed.error.contains("    bad luck")) }
      #expect(try folder.names("run/checkpoints") == ["step-2"])
      #expect(try !folder.names("run").contains("config.json"))
      // With a program that answers, it goes on.
      try folder.write(try folder.text("length.sh"), to: "program.sh")
      let resumed = try Invocation(["rloo", "--resume", "--out", "run", "--json"], in: folder)
      #expect(resumed.status == 0, "\(resumed.error)")
      #expect(resumed.error.contains("attune: going on after step 2\n"))
      #expect(try resumed.report()["steps"] as? Int == 4)
    }
  }
#endif
