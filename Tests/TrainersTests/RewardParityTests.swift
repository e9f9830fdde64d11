#if LibTorch
  import LanguageModels
  import RunRecords
  import Testing
  import Tokenization
  import Trainers
  import TrainingConfiguration

  /// Expected: scripts/record/reward.py with TRL 1.16.0 and transformers 5.23.0.
  @Suite("Parity with TRL's RewardTrainer")
  struct RewardParityTests {
    /// In `pad_is_eos` TRL reads scores one token early, which Attune does not follow: docs/parity.md.
    static let cases = ((try? RewardRecording.read())?.cases ?? []).filter {
      $0.name != "pad_is_eos"
    }

    private struct Tolerance {
      var relative = 0.0
      var absolute = 0.0
    }

    private static let tolerances: [String: Tolerance] = [
      "loss": Tolerance(relative: 1e-5, absolute: 1e-6),
      "grad_norm": Tolerance(relative: 1e-4),
      "learning_rate": Tolerance(relative: 1e-12),
      "num_tokens": Tolerance(),
      "accuracy": Tolerance(relative: 1e-6),
      "margin": Tolerance(relative: 1e-5, absolute: 1e-5),
      "mean_reward": Tolerance(relative: 1e-5, absolute: 1e-5),
      "min_reward": Tolerance(relative: 1e-5, absolute: 1e-5),
      "max_reward": Tolerance(relative: 1e-5, absolute: 1e-5),
    ]

    private func compare(
      _ seen: [MetricName: Double], _ expected: [String: Double], prefix: String = "",
      lacking missing: Set<String> = [], _ place: String
    ) throws {
      for (name, tolerance) in Self.tolerances where !missing.contains(name) {
        let mine = try #require(seen[MetricName(rawValue: prefix + name)], "\(name)")
        let theirs = try #require(expected[prefix + name], "\(name)")
        #expect(
          abs(mine - theirs) <= tolerance.absolute + tolerance.relative * abs(theirs),
          "\(place), \(name): \(mine), but TRL has \(theirs)")
      }
    }

    private func run(_ recorded: RewardRecording.Case, in folder: TemporaryFolder) throws
      -> RewardRun
    {
      try RewardRun(in: folder) {
        try $0.take(recorded.settings, in: folder)
        $0.data.evaluationFiles = [
          try folder.write(
            RewardFixture.heldOut(margins: recorded.settings.has_margin), to: "e.jsonl")
        ]
      }
    }

    /// The loss of pairs does not see a constant in all scores, so that the gradient by GPT-2's last bias
    /// is 0 but for rounding. AdamW takes rounding for a direction: levels drift, differences agree.
    private func hasFreeLevel(_ recorded: RewardRecording.Case) -> Bool {
      recorded.settings.family == "gpt2"
    }

    private static let levels: Set<String> = ["mean_reward", "min_reward", "max_reward"]

    private func compareSpread(
      _ seen: [MetricName: Double], _ expected: [String: Double], prefix: String = ""
    ) throws {
      for (high, low) in [("max_reward", "min_reward"), ("mean_reward", "min_reward")] {
        let mine = try [high, low].map { try #require(seen[MetricName(rawValue: prefix + $0)]) }
        let theirs = try [high, low].map { try #require(expected[prefix + $0]) }
        #expect(abs(mine[0] - mine[1] - theirs[0] + theirs[1]) < 1e-5)
      }
    }

    @Test("each step, the evaluation, and the scores of the trained model", arguments: cases)
    func run(of recorded: RewardRecording.Case) throws {
      let folder = try TemporaryFolder()
      let run = try run(recorded, in: folder)
      #expect(run.entries.map(\.step) == Array(1...recorded.settings.max_steps))
      // TRL takes the extremes of each batch and then their mean.
      var missing: Set<String> =
        recorded.settings.gradient_accumulation_steps > 1 ? ["min_reward", "max_reward"] : []
      if hasFreeLevel(recorded) { missing = Self.levels }
      for (entry, step) in zip(run.entries, recorded.steps) {
        try compare(entry.values, step, lacking: missing, "step \(entry.step)")
        if hasFreeLevel(recorded) { try compareSpread(entry.values, step) }
      }
      guard case .prepared(let training, _, _)? = run.events.first else {
        Issue.record("no data")
        return
      }
      #expect(training == recorded.rows_kept)
      try compare(
        try #require(run.evaluations.last).values, recorded.evaluation, prefix: "eval_",
        lacking: missing.union(["grad_norm", "learning_rate", "num_tokens"]), "evaluation")
      let rows = try RewardRecording.read().rows.map { [$0.ids] }
      let scores = try rewardScores(of: rows, by: RewardModel(directory: run.directory))[0]
      let level = hasFreeLevel(recorded) ? scores[0] - recorded.scores[0] : 0
      #expect(abs(level) < 1e-3)
      for (mine, theirs) in zip(scores, recorded.scores) {
        #expect(
          abs(mine - level - theirs) < 1e-5 * max(1, abs(theirs)), "\(mine), but TRL has \(theirs)")
      }
    }

    @Test("the scores of untrained classifiers", arguments: ["llama", "gpt2", "qwen2"])
    func untrained(family: String) throws {
      let recording = try RewardRecording.read()
      let expected = try #require(recording.untrained.first { $0.family == family }).scores
      let folder = try TemporaryFolder()
      let model = try RewardModel(directory: RewardFixture.model(family, in: folder))
      let scores = try rewardScores(of: recording.rows.map { [$0.ids] }, by: model)[0]
      for (mine, theirs) in zip(scores, expected) {
        #expect(abs(mine - theirs) < 1e-5 * max(1, abs(theirs)), "\(mine), not \(theirs)")
      }
    }

    @Test("the same token ids")
    func tokens() throws {
      let recording = try RewardRecording.read()
      let scoring = try RewardScoring(directory: RewardFixture.llama)
      for (row, tokens) in zip(try RewardFixture.rows(), recording.tokens) {
        let group = scoring.group(prompt: row.prompt, completions: [row.chosen, row.rejected])
        #expect(group.sequences == [tokens.chosen_ids, tokens.rejected_ids])
      }
    }

    @Test("all cases are there")
    func completeness() {
      #expect(Self.cases.count == 9)
      #expect(Set(Self.cases.map(\.settings.family)) == ["llama", "gpt2", "qwen2"])
    }
  }

  extension RewardFixture {
    /// The held-out pairs.
    static func heldOut(margins: Bool) throws -> [Row] {
      try rows(of: evaluation).map { row in
        var row = row
        if !margins { row.margin = nil }
        return row
      }
    }
  }

  extension RewardConfiguration {
    mutating func take(
      _ settings: RewardRecording.Case.Settings, in folder: TemporaryFolder
    ) throws {
      model = try RewardFixture.model(settings.family, in: folder)
      data.files = [
        try folder.write(RewardFixture.rows(margins: settings.has_margin), to: "pairs.jsonl")
      ]
      data.maxLength = settings.max_length
      optimizer.learningRate = settings.learning_rate
      optimizer.weightDecay = settings.weight_decay
      optimizer.maxGradNorm = settings.max_grad_norm
      batches.batchSize = settings.batch_size
      batches.accumulationSteps = settings.gradient_accumulation_steps
      batches.maxSteps = settings.max_steps
      centerRewardsCoefficient = settings.center_rewards_coefficient
    }
  }
#endif
