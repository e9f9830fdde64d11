#if LibTorch
  import RunRecords
  import Testing
  import TrainingConfiguration

  /// Expected: scripts/record/sft.py, TRL 1.16.0 with transformers 5.23.0 and torch 2.13.0.
  @Suite("Parity with TRL's SFTTrainer")
  struct SupervisedParityTests {
    static let cases = (try? SupervisedRecording.read().cases) ?? []

    private func run(
      _ recorded: SupervisedRecording.Case, in folder: TemporaryFolder
    ) throws -> SupervisedRun {
      try SupervisedRun(in: folder) {
        let settings = recorded.settings
        let files =
          settings.data == "texts"
          ? SupervisedFixture.texts : SupervisedFixture.demonstrations
        $0.data.files = [files]
        $0.data.evaluationFiles = [files.replacing(".jsonl", with: "_evaluation.jsonl")]
        $0.data.maxLength = settings.max_length
        $0.completionOnlyLoss = settings.completion_only_loss
        $0.labelSmoothing = settings.label_smoothing_factor ?? 0
        $0.lossType =
          settings.loss_type.flatMap(SupervisedLossChoice.init(rawValue:)) ?? $0.lossType
        $0.optimizer.learningRate = settings.learning_rate
        $0.optimizer.schedule =
          ScheduleChoice(rawValue: settings.lr_scheduler_type) ?? $0.optimizer.schedule
        $0.optimizer.warmupSteps = settings.warmup_steps
        $0.optimizer.weightDecay = settings.weight_decay
        $0.optimizer.maxGradNorm = settings.max_grad_norm
        $0.batches.batchSize = settings.batch_size
        $0.batches.accumulationSteps = settings.gradient_accumulation_steps
        $0.batches.maxSteps = settings.max_steps
      }
    }

    private func expect(
      _ seen: MetricsEntry, as recorded: [String: Double], _ tolerances: [String: Double]
    ) throws {
      for (name, tolerance) in tolerances {
        let expected = try #require(recorded[name])
        let value = try #require(seen.values[MetricName(rawValue: name)])
        #expect(
          relativeDeviation(value, from: expected) <= tolerance,
          "step \(seen.step), \(name): \(value), but TRL has \(expected)")
      }
    }

    @Test("each step logs TRL's numbers, and so does the evaluation at the end", arguments: cases)
    func numbers(of recorded: SupervisedRecording.Case) throws {
      let run = try run(recorded, in: TemporaryFolder())
      #expect(run.entries.count == recorded.steps.count)
      var tolerances = [
        "loss": 1e-5, "grad_norm": 1e-4, "learning_rate": 1e-12, "num_tokens": 0, "step": 0,
      ]
      // TRL averages micro-batches, Attune tokens; TRL counts micro-batches, Attune steps.
      if recorded.settings.gradient_accumulation_steps == 1 {
        tolerances["entropy"] = 1e-6
        tolerances["mean_token_accuracy"] = 1e-6
        tolerances["epoch"] = 0
      }
      tolerances["step"] = nil
      for (entry, step) in zip(run.entries, recorded.steps) {
        #expect(step["step"] == Double(entry.step))
        try expect(entry, as: step, tolerances)
      }
      #expect(run.evaluations.count == 1)
      try expect(
        try #require(run.evaluations.last), as: recorded.evaluation,
        ["eval_loss": 1e-5, "eval_entropy": 1e-6, "eval_mean_token_accuracy": 1e-6])
    }

    @Test("all cases are there")
    func completeness() {
      #expect(
        Self.cases.map(\.name) == [
          "completion", "accumulation", "uneven_accumulation", "everything", "text",
          "text_accumulation", "label_smoothing", "label_smoothing_accumulation", "dft",
          "dft_accumulation", "truncated", "linear_warmup",
        ])
    }

    @Test("perplexity is that of the plain likelihood: of smoothing and penalties it knows nothing")
    func perplexity() throws {
      let folder = try TemporaryFolder()
      func train(
        _ name: String, _ change: (inout SupervisedConfiguration) -> Void = { _ in }
      ) throws -> MetricsEntry {
        let run = try SupervisedRun(in: folder, name: name) {
          $0.data.evaluationFiles = [SupervisedFixture.demonstrations]
          // A first step without learning rate leaves the model as it is.
          $0.optimizer.warmupSteps = 1
          $0.batches.maxSteps = 1
          change(&$0)
        }
        return try #require(run.evaluations.last)
      }
      let plain = try train("plain").values
      let penalized = try train("penalized") {
        $0.labelSmoothing = 0.1
        $0.lengthPenalty = 0.5
        $0.repetitionPenalty = 0.5
      }.values
      let likelihood = try #require(plain[MetricName.loss.onEvaluation])
      #expect(penalized[MetricName.negativeLogLikelihood.onEvaluation] == likelihood)
      #expect(
        penalized[MetricName.perplexity.onEvaluation]
          == plain[MetricName.perplexity.onEvaluation])
      let loss = try #require(penalized[MetricName.loss.onEvaluation])
      let parts = try [MetricName.lengthLoss, .repetitionLoss].map {
        try #require(penalized[$0.onEvaluation])
      }
      #expect(parts.allSatisfy { $0 > 0 })
      #expect(loss > likelihood)
      #expect(plain[MetricName.lengthLoss.onEvaluation] == nil)
      #expect(plain[MetricName.negativeLogLikelihood.onEvaluation] == nil)
    }
  }
#endif
