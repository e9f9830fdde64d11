#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("An observer stops a run")
  struct StoppingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func isStep(_ event: TrainingEvent, _ number: Int) -> Bool {
      if case .stepped(let step, _, _, _, _) = event { step == number } else { false }
    }

    @Test(
      "after a step: a checkpoint of that step is left, and neither a model nor a line of the log")
    func afterStep() throws {
      let stopped = try TrainingRun(in: folder, name: "stopped") {
        $0.run.loggingSteps = 5
        $0.data.evaluationFiles = [Fixture.pairs]
      } observe: {
        isStep($0, 2) ? .stop : .proceed
      }
      #expect(stopped.summary.isStopped)
      #expect(stopped.summary.steps == 2)
      #expect(stopped.entries.isEmpty && stopped.evaluations.isEmpty)
      let checkpoint = "\(stopped.directory)/checkpoints/step-2"
      #expect(stopped.summary.checkpoint == checkpoint)
      #expect(!folder.names(in: "stopped").contains("config.json"))
      let short = try TrainingRun(in: folder, name: "short") { $0.batches.maxSteps = 2 }
      #expect(!short.summary.isStopped)
      #expect(try weightsOfModel(at: checkpoint) == short.weights())
      #expect((stopped.summary.items, stopped.summary.tokens) == (16, short.summary.tokens))
    }

    @Test("an answer to a logged, an evaluated or a saved event counts too")
    func afterOthers() throws {
      let logged = try TrainingRun(in: folder, name: "logged") {
        $0.run.loggingSteps = 3
      } observe: {
        if case .logged = $0 { .stop } else { .proceed }
      }
      #expect((logged.summary.steps, logged.summary.isStopped) == (3, true))
      let evaluated = try TrainingRun(in: folder, name: "evaluated") {
        $0.data.evaluationFiles = [Fixture.pairs]
        $0.run.evaluationSteps = 4
      } observe: {
        if case .evaluated = $0 { .stop } else { .proceed }
      }
      #expect((evaluated.summary.steps, evaluated.summary.isStopped) == (4, true))
      let saved = try TrainingRun(in: folder, name: "saved") {
        $0.run.saveSteps = 1
      } observe: {
        if case .saved = $0 { .stop } else { .proceed }
      }
      #expect((saved.summary.steps, saved.summary.isStopped) == (1, true))
    }

    @Test("after the last step there was nothing to stop")
    func afterLastStep() throws {
      let run = try TrainingRun(in: folder, observe: { isStep($0, 5) ? .stop : .proceed })
      #expect((run.summary.steps, run.summary.isStopped) == (5, false))
    }

    @Test("before the first step: nothing is written, neither the run nor the cache")
    func beforeFirstStep() throws {
      for stop in ["prepared", "referenceScored"] {
        let error = #expect(throws: TrainingError.self) {
          try TrainingRun(
            in: folder, observe: { String(describing: $0).hasPrefix(stop) ? .stop : .proceed })
        }
        guard case .stoppedBeforeTraining? = error else {
          Issue.record("another error: \(String(describing: error))")
          return
        }
      }
      #expect(folder.names(in: "") == [])
    }

    @Test("an error of the observer's passes, and leaves no model")
    func error() throws {
      struct Interruption: Error {}
      #expect(throws: Interruption.self) {
        try TrainingRun(
          in: folder, observe: { if isStep($0, 2) { throw Interruption() } else { .proceed } })
      }
      #expect(folder.names(in: "run").contains("metrics.jsonl"))
      #expect(!folder.names(in: "run").contains("config.json"))
    }
  }
#endif
