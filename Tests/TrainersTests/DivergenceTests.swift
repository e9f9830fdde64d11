#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  /// A run that stops this way leaves its directory with what it recorded up to then, but without a
  /// model; `--overwrite` replaces it.
  @Suite("Numbers that are none stop the run")
  struct DivergenceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func brokenModel() throws -> String {
      var model = try EditedModel(in: folder, name: "broken")
      model["model.layers.1.mlp.down_proj.weight", 17] = .nan
      try model.save()
      return model.directory
    }

    /// Expects records of `steps` steps, and neither a model nor parts of one.
    private func expectNoModel(steps: Int) throws {
      let names = folder.names(in: "run")
      #expect(
        names.filter { !$0.hasPrefix("events.out") } == [
          "attune.yaml", "metrics.jsonl", "run.json",
        ])
      #expect(try MetricsLog.entries(at: folder.path("run/metrics.jsonl")).count == steps)
    }

    @Test("broken weights are found at the first step, and their values are not cached")
    func brokenWeights() throws {
      let model = try brokenModel()
      let error = #expect(throws: TrainingError.self) {
        try TrainingRun(in: folder) { $0.model = model }
      }
      #expect(
        error?.description == "step 1: the loss of \(Fixture.pairs):1 is NaN (log probabilities of "
          + "chosen and rejected: policy NaN and NaN, reference NaN and NaN); lower learning_rate, "
          + "or look for broken weights with `attune score`")
      try expectNoModel(steps: 0)
      #expect(folder.names(in: "cache").isEmpty)
    }

    @Test("a broken reference is told apart from a broken policy")
    func brokenReference() throws {
      let model = try brokenModel()
      let error = #expect(throws: TrainingError.self) {
        try TrainingRun(in: folder) { $0.referenceModel = model }
      }
      let text = try #require(error?.description)
      #expect(text.contains("reference NaN and NaN"))
      #expect(text.contains("policy -445."))
    }

    /// Past 10²⁰ normalization makes 0 of all activations, and the loss is finite again.
    @Test(
      "a step that destroys the weights is followed by an error that names the next step's row",
      arguments: [1e10, 1e30, 1e39])
    func absurdLearningRate(rate: Double) throws {
      let error = #expect(throws: TrainingError.self) {
        try TrainingRun(in: folder) {
          $0.optimizer.learningRate = rate
          $0.batches.batchSize = 2
        }
      }
      let text = try #require(error?.description)
      #expect(text.hasPrefix("step 2: the ") && text.contains("\(Fixture.pairs):3"))
      try expectNoModel(steps: 1)
      // The reference was sound, and its values stay.
      let next = try TrainingRun(in: folder, existing: .overwrite)
      #expect(next.referenceReports.first == [0, 0, 8])
      #expect(folder.names(in: "run").contains("model.safetensors"))
    }

    @Test("the last step's damage is found by the evaluation after it")
    func evaluation() throws {
      let error = #expect(throws: TrainingError.self) {
        try TrainingRun(in: folder) {
          $0.optimizer.learningRate = 1e39
          $0.batches.maxSteps = 1
          $0.data.evaluationFiles = [Fixture.pairs]
        }
      }
      #expect(error?.description.hasPrefix("step 1: the loss of \(Fixture.pairs):1 is NaN") == true)
      try expectNoModel(steps: 1)
    }

    @Test("a gradient beyond float32 is an error although the loss is finite")
    func gradient() throws {
      let file = try folder.write(
        #"{"prompt": "Say it.", "chosen": " Yes", "rejected": " No", "weight": 1e300}"# + "\n",
        to: "heavy.jsonl")
      let error = #expect(throws: TrainingError.self) {
        try TrainingRun(in: folder) { $0.data.files = [file] }
      }
      #expect(
        error?.description == "step 1: the gradient of the batch with \(file):1 is not finite; "
          + "lower learning_rate or max_grad_norm")
      try expectNoModel(steps: 0)
    }
  }
#endif
