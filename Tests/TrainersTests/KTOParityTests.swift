#if LibTorch
  import RunRecords
  import Testing
  import TrainingConfiguration

  /// Expected: scripts/record/kto.py with TRL 1.16.0 and scripts/record/bco.py with TRL 1.13.0.
  @Suite("Parity with TRL's KTOTrainer and BCOTrainer")
  struct KTOParityTests {
    static let ktoCases: [UnpairedCase] =
      ((try? UnpairedFixture.read("expected.json")) as UnpairedRecording<KTOTokens>?)?.cases ?? []
    static let bcoCases: [UnpairedCase] =
      ((try? UnpairedFixture.read("bco.json")) as UnpairedRecording<BCOTokens>?)?.cases ?? []

    /// Recorded runs whose numbers depend on how TRL cuts a step into batches are compared below.
    static let cases = (ktoCases + bcoCases).filter { !cutSteps.contains($0.name) }
    static let cutSteps = ["kto_accumulation", "bco_accumulation"]

    private struct Tolerance {
      var relative = 0.0
      var absolute = 0.0
    }

    /// TRL adds the log probabilities of a completion, some −300 nats, in float32.
    private static let tolerances: [String: Tolerance] = [
      "loss": Tolerance(relative: 1e-5, absolute: 1e-6),
      "kl": Tolerance(relative: 1e-5, absolute: 3e-5),
      "delta": Tolerance(relative: 1e-5, absolute: 1e-5),
      "grad_norm": Tolerance(relative: 1e-4),
      "learning_rate": Tolerance(relative: 1e-12),
      "num_tokens": Tolerance(),
      "logps/chosen": Tolerance(relative: 1e-6),
      "logps/rejected": Tolerance(relative: 1e-6),
      "rewards/chosen": Tolerance(relative: 1e-5, absolute: 1e-5),
      "rewards/rejected": Tolerance(relative: 1e-5, absolute: 1e-5),
      "rewards/margins": Tolerance(relative: 1e-5, absolute: 1e-5),
      "entropy": Tolerance(relative: 1e-6),
    ]

    /// What one side has and the other must have; TRL's own numbers that Attune does not take are
    /// `logits/*`, and a `kl` of 0 where no divergence is estimated.
    private func compare(
      _ seen: [MetricName: Double], _ expected: [String: Double], prefix: String = "",
      lacking missing: Set<String> = [], _ place: String
    ) {
      for (name, tolerance) in Self.tolerances where !missing.contains(name) {
        let (mine, theirs) = (
          seen[MetricName(rawValue: prefix + name)], expected[prefix + name]
        )
        guard let mine, let theirs else {
          #expect(mine == theirs, "\(place): \(name)")
          continue
        }
        #expect(
          abs(mine - theirs) <= tolerance.absolute + tolerance.relative * abs(theirs),
          "\(place), \(name): \(mine), but TRL has \(theirs)")
      }
    }

    /// Names that the recorded trainer logs and Attune does not, or the other way round.
    private func lacking(_ recorded: UnpairedCase, cut: Bool = false) -> Set<String> {
      var names: Set<String> = []
      if recorded.settings.loss_type == nil { names.formUnion(["entropy", "num_tokens"]) }
      if recorded.settings.loss_type == "apo_zero_unpaired" { names.insert("kl") }
      // TRL averages the batches' means, Attune completions and tokens.
      if recorded.settings.gradient_accumulation_steps > 1 {
        names.formUnion(["entropy", "logps/chosen", "logps/rejected"])
        names.formUnion(["rewards/chosen", "rewards/rejected", "rewards/margins"])
      }
      return names
    }

    @Test("each step logs TRL's numbers", arguments: cases)
    func steps(of recorded: UnpairedCase) throws {
      let folder = try TemporaryFolder()
      let run = try UnpairedRun(in: folder) { $0.take(recorded.settings) }
      #expect(run.entries.map(\.step) == Array(1...recorded.settings.max_steps))
      #expect(run.entries.count == recorded.steps.count)
      for (entry, step) in zip(run.entries, recorded.steps) {
        #expect(step["step"] == Double(entry.step))
        compare(entry.values, step, lacking: lacking(recorded), "step \(entry.step)")
      }
    }

    @Test("the evaluation has TRL's numbers", arguments: ktoCases)
    func evaluation(of recorded: UnpairedCase) throws {
      let folder = try TemporaryFolder()
      // After accumulation the weights differ, which the numbers show.
      guard !Self.cutSteps.contains(recorded.name) else { return }
      let rows = try Array(UnpairedFixture.rows().prefix(4))
      let file = try folder.write(judged: rows, to: "held-out.jsonl")
      let run = try UnpairedRun(in: folder) {
        $0.take(recorded.settings)
        $0.data.evaluationFiles = [file]
      }
      let expected = try #require(recorded.evaluation)
      let seen = try #require(run.evaluations.last?.values)
      var missing = lacking(recorded).subtracting(["entropy", "logps/chosen", "logps/rejected"])
        .subtracting(["rewards/chosen", "rewards/rejected", "rewards/margins"])
      // TRL repeats the training tokens.
      missing.formUnion(["num_tokens", "grad_norm", "learning_rate"])
      compare(seen, expected, prefix: "eval_", lacking: missing, "evaluation")
    }

    /// The first step has the same loss whatever the batches are; then TRL's z and δ are those of each
    /// batch of two, and Attune's those of the four rows, which is TRL's in one batch.
    @Test("a step that TRL cuts into batches is to Attune the step in one", arguments: cutSteps)
    func accumulation(name: String) throws {
      let all = Self.ktoCases + Self.bcoCases
      let cut = try #require(all.first { $0.name == name })
      let whole = try #require(all.first { name.hasPrefix($0.name) })
      let folder = try TemporaryFolder()
      let run = try UnpairedRun(in: folder) { $0.take(cut.settings) }
      for (entry, step) in zip(run.entries, whole.steps) {
        compare(entry.values, step, lacking: lacking(whole), "step \(entry.step)")
      }
      let losses = try run.values(.loss)
      let theirs = cut.steps.compactMap { $0["loss"] }
      #expect(relativeDeviation(losses[0], from: theirs[0]) < 1e-6)
      #expect(zip(losses, theirs).contains { relativeDeviation($0, from: $1) > 1e-3 })
    }

    @Test("all cases are there, with every loss type")
    func completeness() {
      #expect(Self.ktoCases.count == 9)
      #expect(Self.bcoCases.count == 3)
      let recorded = Set(Self.ktoCases.compactMap(\.settings.loss_type) + ["bco"])
      #expect(recorded == Set(KTOLossChoice.allCases.map(\.rawValue)))
    }
  }

  extension UnpairedCase: CustomTestStringConvertible {
    var testDescription: String { name }
  }

  extension KTOConfiguration {
    mutating func take(_ settings: UnpairedCase.Settings) {
      if let name = settings.loss_type {
        lossType = KTOLossChoice(rawValue: name) ?? lossType
      } else {
        lossType = .bco
        bcoShift = .pooled
      }
      beta = settings.beta
      desirableWeight = settings.desirable_weight ?? desirableWeight
      undesirableWeight = settings.undesirable_weight ?? undesirableWeight
      optimizer.learningRate = settings.learning_rate
      optimizer.maxGradNorm = settings.max_grad_norm
      data.maxLength = settings.max_length
      batches.batchSize = settings.batch_size
      batches.accumulationSteps = settings.gradient_accumulation_steps
      batches.maxSteps = settings.max_steps
    }
  }
#endif
