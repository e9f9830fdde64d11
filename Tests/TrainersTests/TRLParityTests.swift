#if LibTorch
  import RunRecords
  import Testing
  import TrainingConfiguration

  /// Expected: scripts/record/dpo.py, TRL 1.16.0 with transformers 5.23.0 and torch 2.13.0.
  @Suite("Parity with TRL's DPOTrainer")
  struct TRLParityTests {
    static let cases = (try? Recording.read().cases) ?? []

    /// Every number of every step, but for what docs/parity.md says is counted in another way.
    @Test("each step logs TRL's numbers", arguments: cases)
    func steps(of recorded: Recording.Case) throws {
      let folder = try TemporaryFolder()
      let run = try TrainingRun(in: folder) { $0.take(recorded.settings) }
      #expect(run.entries.map(\.step) == Array(1...recorded.settings.max_steps))
      #expect(run.entries.count == recorded.steps.count)
      for (entry, step) in zip(run.entries, recorded.steps) {
        #expect(step["step"] == Double(entry.step))
        for (name, tolerance) in tolerances(recorded, step: entry.step) {
          let expected = try #require(step[name])
          let seen = try #require(entry.values[MetricName(rawValue: name)])
          let deviation = abs(seen - expected)
          #expect(
            deviation <= tolerance.absolute + tolerance.relative * abs(expected),
            "step \(entry.step), \(name): \(seen), but TRL has \(expected)")
        }
      }
    }

    private struct Tolerance {
      var relative = 0.0
      var absolute = 0.0
    }

    /// The issue allows 10⁻³ relative; what is left to float32 and two orders of summation is less.
    private func tolerances(_ recorded: Recording.Case, step: Int) -> [String: Tolerance] {
      var tolerances: [String: Tolerance] = [
        "loss": Tolerance(relative: 1e-5, absolute: 1e-6),
        "grad_norm": Tolerance(relative: 3e-5),
        "learning_rate": Tolerance(relative: 1e-12),
        "num_tokens": Tolerance(),
        "logps/chosen": Tolerance(relative: 1e-6),
        "logps/rejected": Tolerance(relative: 1e-6),
        "rewards/chosen": Tolerance(relative: 1e-5, absolute: 1e-5),
        "rewards/rejected": Tolerance(relative: 1e-5, absolute: 1e-5),
        "rewards/margins": Tolerance(relative: 1e-5, absolute: 1e-5),
      ]
      // These scores are exponentials of the log ratios, which magnify what rounding leaves.
      if recorded.settings.f_divergence_type != nil {
        for name in ["loss", "grad_norm"] {
          tolerances[name] = Tolerance(relative: 1e-4, absolute: 1e-6)
        }
      }
      // Where policy and reference are equal, rounding alone decides who is ahead.
      if step > 1 { tolerances["rewards/accuracies"] = Tolerance() }
      // Likelihood alone needs no reference, and Attune runs none for the sake of a metric.
      if recorded.settings.loss_type.names == ["sft"] {
        tolerances = tolerances.filter { !$0.key.hasPrefix("rewards/") }
      }
      let isOneBatch = recorded.settings.batch_size >= recorded.rows_kept
      // TRL averages micro-batches, Attune tokens; TRL counts micro-batches, Attune steps.
      if isOneBatch {
        tolerances["entropy"] = Tolerance(relative: 1e-6)
        tolerances["mean_token_accuracy"] = Tolerance(relative: 1e-6)
      }
      if recorded.name != "uneven_accumulation" { tolerances["epoch"] = Tolerance() }
      return tolerances
    }

    @Test("all cases are there, with every loss type")
    func completeness() {
      #expect(Self.cases.count == 37)
      let recorded = Set(Self.cases.flatMap(\.settings.loss_type.names))
      let referenceFree = ["simpo", "cpo", "orpo"]
      #expect(recorded == Set(DPOLossChoice.allCases.map(\.rawValue)).subtracting(referenceFree))
      let divergences = Set(Self.cases.compactMap(\.settings.f_divergence_type) + ["reverse_kl"])
      #expect(divergences == Set(DivergenceChoice.allCases.map(\.rawValue)))
    }

    @Test("the split of a step into batches leaves entropy and token accuracy those of one batch")
    func tokenMeans() throws {
      let folder = try TemporaryFolder()
      let together = try #require(Self.cases.first { $0.name == "sigmoid" })
      let split = try #require(Self.cases.first { $0.name == "accumulation" })
      let run = try TrainingRun(in: folder) { $0.take(split.settings) }
      for (entry, step) in zip(run.entries, together.steps) {
        for name in [MetricName.entropy, .meanTokenAccuracy] {
          let expected = try #require(step[name.rawValue])
          let seen = try #require(entry.values[name])
          #expect(relativeDeviation(seen, from: expected) < 1e-5, "\(name)")
        }
      }
    }

    @Test("an epoch is counted in steps, where TRL counts the batches in them")
    func epochs() throws {
      let folder = try TemporaryFolder()
      let uneven = try #require(Self.cases.first { $0.name == "uneven_accumulation" })
      let run = try TrainingRun(in: folder) { $0.take(uneven.settings) }
      #expect(try run.values(.epoch) == [0.5, 1, 1.5, 2, 2.5, 3])
    }
  }

  extension DPOConfiguration {
    fileprivate mutating func take(_ settings: Recording.Case.Settings) {
      lossTypes = settings.loss_type.names.compactMap(DPOLossChoice.init(rawValue:))
      lossWeights = settings.loss_weights ?? []
      labelSmoothing = settings.label_smoothing ?? labelSmoothing
      discopopTau = settings.discopop_tau ?? discopopTau
      fDivergenceType =
        settings.f_divergence_type.flatMap(DivergenceChoice.init(rawValue:)) ?? fDivergenceType
      fAlphaDivergenceCoefficient =
        settings.f_alpha_divergence_coef ?? fAlphaDivergenceCoefficient
      ldAlpha = settings.ld_alpha
      useWeighting = settings.use_weighting ?? false
      beta = settings.beta
      optimizer.learningRate = settings.learning_rate
      // In transformers the plain name ignores the warm-up, and none of these cases has one.
      let schedule = settings.lr_scheduler_type.replacing("_with_warmup", with: "")
      optimizer.schedule = ScheduleChoice(rawValue: schedule) ?? optimizer.schedule
      optimizer.warmupSteps = settings.warmup_steps
      optimizer.weightDecay = settings.weight_decay
      optimizer.maxGradNorm = settings.max_grad_norm
      data.maxLength = settings.max_length
      batches.batchSize = settings.batch_size
      batches.accumulationSteps = settings.gradient_accumulation_steps
      batches.maxSteps = settings.max_steps
    }
  }
#endif
