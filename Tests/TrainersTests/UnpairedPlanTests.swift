#if LibTorch
  import Foundation
  import LanguageModels
  import PreferenceData
  import RunRecords
  import Testing
  import Tokenization
  import TorchEngine
  import TrainingConfiguration

  @testable import Trainers

  @Suite("The plan of a KTO run, and how it fails")
  struct UnpairedPlanTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func plan(_ change: (inout KTOConfiguration) -> Void) throws -> UnpairedPlan {
      try UnpairedPlan(UnpairedRun.configuration(folder, "run", change))
    }

    @Test("counts what the run then does", arguments: KTOLossChoice.allCases)
    func counts(loss: KTOLossChoice) throws {
      func change(_ configuration: inout KTOConfiguration) {
        configuration.lossType = loss
        configuration.data.evaluationFraction = 0.25
      }
      let run = try UnpairedRun(in: folder, change)
      let plan = try plan(change)
      #expect(plan.cost.steps == run.summary.steps)
      #expect(plan.cost.items == run.summary.items)
      #expect(plan.cost.tokens == run.summary.tokens)
      #expect(plan.cost.referenceItems == run.referenceReports.last?[1])
      #expect(plan.data.training + plan.data.heldOut == 12)
    }

    @Test("a mismatched completion costs a pass of the policy and one of the reference")
    func passes() throws {
      func operations(_ loss: KTOLossChoice, microBatch: Int? = nil) throws -> Double {
        try plan {
          $0.lossType = loss
          $0.batches.batchSize = 12
          $0.batches.maxSteps = 1
          $0.batches.microBatchSize = microBatch
        }.cost.operations
      }
      let anchored = try operations(.apoZeroUnpaired)
      // 3 + 1 passes; the other completion takes 1 + 1 more, whose reference shares the prompt.
      let ratio = try operations(.kto) / anchored
      #expect(ratio > 1.35 && ratio < 1.5)
      #expect(try operations(.bco) == anchored)
      #expect(try abs(operations(.bco, microBatch: 4) / anchored - 1.25) < 1e-9)
    }

    @Test("the longest sequence is among the mismatched ones too, for the loss that has them")
    func longest() throws {
      let rows = [
        UnpairedFixture.Row(
          prompt: String(repeating: "again and ", count: 40), completion: " no", label: true),
        UnpairedFixture.Row(
          prompt: "Why?", completion: String(repeating: " and again", count: 40), label: false),
      ]
      let file = try folder.write(judged: rows, to: "two.jsonl")
      func length(_ loss: KTOLossChoice) throws -> Int {
        try plan {
          $0.data.files = [file]
          $0.lossType = loss
        }.data.longestSequence
      }
      let own = try length(.bco)
      #expect(try length(.kto) > own + own / 2)
    }

    private func brokenModel() throws -> String {
      var model = try EditedModel(in: folder, name: "broken")
      model["model.layers.1.mlp.down_proj.weight", 17] = .nan
      try model.save()
      return model.directory
    }

    @Test(
      "broken weights are found at the first step, with the row", arguments: KTOLossChoice.allCases)
    func broken(loss: KTOLossChoice) throws {
      let model = try brokenModel()
      let error = #expect(throws: TrainingError.self) {
        try UnpairedRun(in: folder) {
          $0.model = model
          $0.lossType = loss
        }
      }
      #expect(
        error?.description == "step 1: the loss of \(UnpairedFixture.completions):1 is NaN (log "
          + "probability: policy NaN, reference NaN); lower learning_rate, or look for broken weights "
          + "with `attune score`")
      #expect(folder.names(in: "cache").isEmpty)
    }

    @Test("a step that destroys the weights is followed by an error", arguments: [1e10, 1e39])
    func absurdLearningRate(rate: Double) throws {
      for loss in KTOLossChoice.allCases {
        let error = #expect(throws: TrainingError.self) {
          try UnpairedRun(in: folder, name: "\(loss)") {
            $0.lossType = loss
            $0.optimizer.learningRate = rate
          }
        }
        #expect(error?.description.hasPrefix("step 2: ") == true)
      }
    }

    @Test("a row's weight multiplies its loss: at the start ½ each, so (2.5 + 3) / 2 / 4")
    func weights() throws {
      let rows = """
        {"prompt": "A?", "chosen": " yes", "rejected": " no", "weight": 2.5}
        {"prompt": "B?", "chosen": " two", "rejected": " three", "weight": 3}

        """
      let file = try folder.write(rows, to: "pairs.jsonl")
      let run = try UnpairedRun(in: folder) {
        $0.data.files = [file]
        $0.batches.maxSteps = 1
        $0.desirableWeight = 0.5
        $0.undesirableWeight = 0.5
      }
      #expect(abs(try run.values(.loss)[0] - (2.5 + 3) * 2 * 0.5 * 0.5 / 4) < 1e-5)
    }
  }
#endif
