#if LibTorch
  import Foundation
  import Testing

  /// Turns of the loop on sandbox data, with a model of a hundred thousand weights.
  @Suite("attune loop")
  struct LoopCommandTests {
    private static let model = RepositoryFile.recorded.appending(path: "model").path
    private let folder: TestFolder

    init() throws { folder = try Self.world() }

    /// A folder with pairs, prompts and a project file.
    private static func world() throws -> TestFolder {
      let folder = try TestFolder()
      for (kind, count, out) in [("preferences", "60", "pairs"), ("prompts", "30", "prompts")] {
        let made = try Invocation(
          "sandbox", "generate", "--kind", kind, "--count", count, "--out", "\(out).jsonl",
          in: folder)
        #expect(made.status == 0, "\(made.error)")
      }
      try folder.write(Self.project(), to: "p.yaml")
      return folder
    }

    private static func project(
      policy: String = model,
      training: String = "method: dpo, max_steps: 4, batch_size: 4, threads: 1",
      gate: String = "kl: {below: 1000}", rest: String = ""
    ) -> String {
      """
      name: helpful
      policy: \(policy)
      data: [pairs.jsonl]
      prompts: prompts.jsonl
      minimum_pairs: 20
      held_out: 0.3
      reward: {max_steps: 3, batch_size: 4, threads: 1, learning_rate: 0.001}
      training: {\(training)}
      judge: sandbox
      sampling: {max_new_tokens: 6}
      gate: {criteria: {\(gate)}}
      canary: {steps: [0.1, 1], minimum_requests: 5}
      \(rest)
      """ + "\n"
    }

    private func loop(_ arguments: String..., in folder: TestFolder? = nil) throws -> Invocation {
      let cache = (folder ?? self.folder).url.appending(path: "cache").path
      return try Invocation(
        ["loop", "--project", "p.yaml"] + arguments, in: folder ?? self.folder,
        environment: ["XDG_CACHE_HOME": cache])
    }

    private static let results = [
      "data/pairs.jsonl", "data/held-out-pairs.jsonl", "data/prompts.jsonl",
      "data/held-out-prompts.jsonl", "reward/run/model.safetensors", "reward/run/metrics.jsonl",
      "training/run/model.safetensors", "training/run/metrics.jsonl", "gate/gate.json",
      "gate/comparison.json", "candidate/candidate.json", "candidate/canary.yaml",
    ]

    private func expectSame(_ other: TestFolder) throws {
      for name in Self.results {
        let path = "loop/turn-0001/\(name)"
        #expect(try folder.text(path) == other.text(path), "\(name)")
      }
    }

    @Test("a turn that was interrupted after each stage ends as one that was not")
    func stages() throws {
      #expect(try loop("--status").output == "loop: no turn was begun\n")
      #expect(try loop("--status", "--json").output == "loop: no turn was begun\nnull\n")
      for stage in ["data", "reward", "training", "gate"] {
        let part = try loop("--stage", stage)
        #expect(part.status == 0, "\(part.error)")
        #expect(part.output.contains("loop/turn-0001: not finished; the same command goes on"))
        #expect(try folder.names("loop/turn-0001").contains(stage))
      }
      let last = try loop("--json")
      #expect(last.status == 0, "\(last.error)")
      #expect(last.error.contains("attune: going on with turn 1\n"))
      let report = try last.report()
      #expect(report["passed"] as? Bool == true)
      #expect(report["candidate"] as? String == "loop/turn-0001/candidate/candidate.json")

      let whole = try Self.world()
      let run = try loop(in: whole)
      #expect(run.status == 0, "\(run.error)")
      try expectSame(whole)

      // A command that is killed before the page is written leaves a turn that is not finished.
      let page = folder.url.appending(path: "loop/turn-0001/report.html")
      try FileManager.default.removeItem(at: page)
      let again = try loop()
      #expect(again.status == 0 && again.error.contains("attune: going on with turn 1\n"))
      #expect(again.error.contains("5/5 candidate for the canary (done before)\n"))
      #expect(FileManager.default.fileExists(atPath: page.path))
      #expect(try folder.names("loop") == ["loop.json", "turn-0001"])
    }

    @Test("one lineage goes through every file, and no prompt is on both sides")
    func lineage() throws {
      let run = try loop("--json")
      #expect(run.status == 0, "\(run.error)")
      let lineage = try #require(try run.report()["lineage"] as? String)
      #expect(lineage.count == 16)
      let turn = "loop/turn-0001"
      for stage in ["data", "reward", "training", "gate", "candidate"] {
        #expect(try folder.text("\(turn)/\(stage)/stage.json").contains(lineage), "\(stage)")
      }
      for result in ["gate", "comparison"] {
        #expect(
          try folder.text("\(turn)/gate/\(result).json").contains("\"lineage\" : \"\(lineage)\""))
      }
      for run in ["reward/run", "training/run"] {
        #expect(try folder.text("\(turn)/\(run)/run.json").contains(lineage))
        #expect(try folder.text("\(turn)/\(run)/attune.yaml").hasPrefix("# lineage: \(lineage)\n"))
      }
      #expect(try folder.text("\(turn)/candidate/candidate.json").contains("helpful-\(lineage)"))
      #expect(
        try folder.text("\(turn)/candidate/canary.yaml").contains("experiment: helpful-\(lineage)"))
      var prompts: [Set<String>] = []
      for kind in ["", "held-out-"] {
        let rows =
          try folder.rows("\(turn)/data/\(kind)pairs.jsonl")
          + folder.rows("\(turn)/data/\(kind)prompts.jsonl")
        #expect(rows.allSatisfy { $0["lineage"] as? String == lineage })
        prompts.append(Set(rows.compactMap { $0["prompt"] as? String }))
      }
      #expect(prompts[0].isDisjoint(with: prompts[1]) && !prompts[1].isEmpty)
      #expect(try folder.text("\(turn)/report.html").contains("lineage \(lineage)"))
    }

    @Test("a turn is followed by one of another lineage, from the model that was promoted")
    func next() throws {
      let first = try loop("--json")
      #expect(first.status == 0, "\(first.error)")
      let model = "loop/turn-0001/training/run"
      #expect(try first.report()["model"] as? String == model)
      #expect(
        first.output.contains(
          "loop/turn-0001: give the server --canary loop/turn-0001/candidate/candidate.json; once it is "
            + "promoted, the next turn's policy is \(model)\n"))
      let note =
        "attune: the policy is the one that turn 1 began from; once its candidate is promoted, name "
        + "\(model) as 'policy'\n"

      try folder.write(Self.project(policy: model), to: "p.yaml")
      let refused = try loop("--overwrite")
      #expect(refused.status == 64)
      #expect(
        refused.error.contains(
          "\(model): was made by turn 1, which cannot be done again while the project names it; begin "
            + "another turn with --new-turn"))
      #expect(try folder.names("loop/turn-0001/training").contains("stage.json"))

      let second = try loop("--stage", "data", "--json")
      #expect(second.status == 0 && !second.error.contains(note), "\(second.error)")
      #expect(try second.report()["turn"] as? Int == 2)
      #expect(
        try second.report()["lineage"] as? String != first.report()["lineage"] as? String)
      // The same prompts are held out, so that nothing is judged on what was learned before.
      for name in ["pairs", "held-out-pairs", "prompts", "held-out-prompts"] {
        let prompts = try ["1", "2"].map { turn in
          try folder.rows("loop/turn-000\(turn)/data/\(name).jsonl")
            .compactMap { $0["prompt"] as? String }
        }
        #expect(prompts[0] == prompts[1] && !prompts[0].isEmpty, "\(name)")
      }

      try FileManager.default.removeItem(at: folder.url.appending(path: "loop/turn-0002"))
      try folder.write(Self.project(), to: "p.yaml")
      #expect(try loop("--stage", "data").error.contains(note))
    }

    @Test("a server takes the candidate that was offered, and no other")
    func offer() throws {
      let run = try loop()
      #expect(run.status == 0, "\(run.error)")
      let settings = "loop/turn-0001/training/run/config.json"
      try folder.write(folder.text(settings) + "\n", to: settings)
      let served = try Invocation(
        "serve", "--model", Self.model, "--port", "0", "--store", "served", "--canary",
        "loop/turn-0001/candidate/candidate.json", in: folder)
      #expect(served.status == 65)
      #expect(
        served.error.contains(
          "loop/turn-0001/candidate/candidate.json: offers another model than lies in "
            + "loop/turn-0001/candidate/../training/run now; put that back, or do the turn again with "
            + "'attune loop --overwrite'"))
      let changed = try loop("--overwrite", "--stage", "training")
      #expect(changed.status == 0, "\(changed.error)")
      #expect(changed.error.contains("2/5 reward model (done before)"))
      #expect(!changed.error.contains("3/5 training (done before)"))
    }

    @Test("a gate that is not passed is status 2, and the turn stays as it is")
    func gate() throws {
      try folder.write(Self.project(gate: "kl: {below: -1}"), to: "p.yaml")
      let failed = try loop()
      #expect(failed.status == 2, "\(failed.error)")
      #expect(failed.output.contains("the candidate has not passed the gate"))
      #expect(try !folder.names("loop/turn-0001").contains("candidate"))
      let again = try loop()
      #expect(again.status == 2)
      #expect(again.error.contains("turn 1 has not passed its gate"))
      let next = try loop("--new-turn", "--stage", "data")
      #expect(next.status == 0 && next.error.contains("attune: turn 2\n"))
    }

    @Test("what has changed is refused, and done again where that is asked for")
    func changed() throws {
      #expect(try loop("--stage", "reward").status == 0)
      let pairs = try folder.text("pairs.jsonl")
      try folder.write(pairs + (pairs.split(separator: "\n")[0] + "\n"), to: "pairs.jsonl")
      let refused = try loop()
      #expect(refused.status == 64)
      #expect(
        refused.error.contains(
          "the stage 'data' of turn 1 was done with something else: pairs.jsonl is not as before"))
      let again = try loop("--overwrite", "--stage", "data")
      #expect(again.status == 0, "\(again.error)")
      #expect(again.output.contains("1 repeated records left out"))
      #expect(try folder.names("loop/turn-0001") == ["data", "report.html"])
      // Nothing is removed for data of which there are too few.
      #expect(try loop("--stage", "reward").status == 0)
      try folder.write(
        Self.project().replacing("minimum_pairs: 20", with: "minimum_pairs: 90"), to: "p.yaml")
      #expect(try loop("--overwrite").status == 2)
      #expect(
        try folder.names("loop/turn-0001/reward/run").contains("model.safetensors"))
    }

    @Test(
      "what is broken, was changed by hand or has no record is told apart and can be done again")
    func damage() throws {
      #expect(try loop("--stage", "reward").status == 0)
      let quality = "loop/turn-0001/reward/run/evaluations/reward.json"
      let text = try folder.text(quality)
      try folder.write(text + "\n", to: quality)
      let changed = try loop()
      #expect(changed.status == 64)
      #expect(changed.error.contains("reward/run/evaluations/reward.json is not as before"))
      try folder.write(text, to: quality)

      let record = "loop/turn-0001/reward/stage.json"
      try folder.write("{", to: record)
      let broken = try loop()
      #expect(broken.status == 65)
      #expect(
        broken.error.contains(
          "\(record): cannot be read; put it back as it was written, or do the stage again with 'attune loop "
            + "--overwrite'"))
      let again = try loop("--overwrite", "--stage", "reward")
      #expect(again.status == 0 && again.error.contains("1/5 data (done before)"), "\(again.error)")

      // What no record vouches for is nothing to go on with.
      try FileManager.default.removeItem(at: folder.url.appending(path: record))
      try folder.write(
        Self.project().replacing("learning_rate: 0.001", with: "learning_rate: 0.002"), to: "p.yaml"
      )
      let anew = try loop("--stage", "reward")
      #expect(anew.status == 0, "\(anew.error)")
    }

    @Test("a policy that learns from the reward model is judged by another one")
    func onPolicy() throws {
      try folder.write(
        Self.project(
          training: "method: grpo, max_steps: 2, batch_size: 8, num_generations: 4, "
            + "max_completion_length: 6, threads: 1"
        ).replacing("judge: sandbox", with: "judge: reward"), to: "p.yaml")
      let run = try loop()
      #expect(run.status == 0, "\(run.error)")
      let comparison = try folder.text("loop/turn-0001/gate/comparison.json")
      #expect(comparison.contains("\"judge\" : \"reward:loop/turn-0001/reward/judge\""))
      let models = ["run", "judge"].map {
        try? Data(
          contentsOf: folder.url.appending(path: "loop/turn-0001/reward/\($0)/model.safetensors"))
      }
      #expect(models[0] != nil && models[0] != models[1])
    }

    @Test(
      "learning from demonstrations and from single judgments works", arguments: ["sft", "kto"])
    func methods(method: String) throws {
      try folder.write(
        Self.project(training: "method: \(method), max_steps: 2, batch_size: 4, threads: 1"),
        to: "p.yaml")
      let run = try loop()
      #expect(run.status == 0, "\(run.error)")
    }

    @Test("too few pairs are status 2 and a sentence; what is not there is bad data")
    func mistakes() throws {
      try folder.write(
        Self.project().replacing("minimum_pairs: 20", with: "minimum_pairs: 90"), to: "p.yaml")
      let few = try loop()
      #expect(few.status == 2)
      #expect(few.error.contains("there are 60 pairs to learn from, and 90 are needed"))
      try folder.write(
        Self.project(rest: "feedback: absent.sqlite\nout: other"), to: "p.yaml")
      let absent = try loop()
      #expect(absent.status == 65)
      #expect(
        absent.error.contains(
          "absent.sqlite: there is no such feedback file; the project file names it"))
      try folder.write(Self.project(rest: "outt: other"), to: "p.yaml")
      let misspelt = try loop()
      #expect(misspelt.status == 64 && misspelt.error.contains("did you mean 'out'?"))
      let both = try loop("--overwrite", "--new-turn")
      #expect(both.status == 64)
      let staged = try loop("--status", "--stage", "data")
      #expect(staged.status == 64)
      #expect(
        staged.error.contains(
          "'--status' does nothing; leave '--new-turn', '--overwrite' and '--stage' out."))
      try folder.write(Self.project().replacing("helpful", with: "harmless"), to: "p.yaml")
      let foreign = try loop("--status")
      #expect(foreign.status == 64)
      #expect(foreign.error.contains("loop: holds the turns of the project 'helpful'"))
    }

    @Test("a signal leaves a checkpoint and its status; the same command goes on")
    func signal() throws {
      let training = "method: dpo, max_steps: 80, batch_size: 4, threads: 1"
      try folder.write(Self.project(training: training), to: "p.yaml")
      let process = try Invocation.process(["loop", "--project", "p.yaml"], in: folder)
      process.environment?["XDG_CACHE_HOME"] = folder.url.appending(path: "cache").path
      process.standardError = try folder.emptyFile("errors")
      process.standardOutput = try folder.emptyFile("output")
      try process.runUnblocked()
      let log = folder.url.appending(path: "loop/turn-0001/training/run/metrics.jsonl")
      while process.isRunning, ((try? Data(contentsOf: log).count) ?? 0) == 0 { usleep(2000) }
      kill(process.processIdentifier, SIGTERM)
      process.waitUntilExit()
      #expect(process.terminationStatus == 143)
      #expect(
        try folder.text("errors").contains(
          "stopped during 'training' of turn 1; the same command goes on from there"))
      #expect(!(try folder.names("loop/turn-0001/training/run/checkpoints")).isEmpty)
      let resumed = try loop()
      #expect(resumed.status == 0, "\(resumed.error)")
      let whole = try Self.world()
      try whole.write(Self.project(training: training), to: "p.yaml")
      #expect(try loop(in: whole).status == 0)
      try expectSame(whole)
    }
  }
#endif
