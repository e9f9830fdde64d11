#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import TrainingConfiguration

  @testable import Trainers

  @Suite("Early stopping")
  struct EarlyStoppingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("counts evaluations since the lowest loss; ties and NaN are no improvement")
    func record() {
      var record = EarlyStopping.Record()
      let losses = [3.0, 2, 2, .nan, 2.5, 1.5]
      let improved = losses.enumerated().map { record.add(loss: $1, after: $0 + 1) }
      #expect(improved == [true, true, false, false, false, true])
      #expect(record.best == .init(step: 6, loss: 1.5))
      #expect(record.evaluationsSince == 0)
      _ = record.add(loss: 9, after: 7)
      #expect(EarlyStopping(patience: 1).isExhausted(record))
      #expect(!EarlyStopping(patience: 2).isExhausted(record))
    }

    /// A learning rate at which the held-out loss falls at first and then rises.
    private func train(
      _ name: String, existing: ExistingRun = .refuse,
      _ change: (inout DPOConfiguration) -> Void = { _ in },
      observe: (TrainingEvent) throws -> TrainingDisposition = { _ in .proceed }
    ) throws -> TrainingRun {
      try TrainingRun(
        in: folder, name: name, existing: existing,
        {
          $0.data.evaluationFraction = 0.4
          $0.batches.maxSteps = 60
          $0.optimizer.learningRate = 3e-3
          $0.run.evaluationSteps = 2
          $0.run.saveTotalLimit = 1
          $0.run.earlyStoppingPatience = 3
          change(&$0)
        }, observe: observe)
    }

    @Test("ends the run and keeps the model of the lowest held-out loss")
    func keepsBest() throws {
      let run = try train("run")
      let losses = try run.evaluations.map { try #require($0.values[MetricName.loss.onEvaluation]) }
      let lowest = try #require(losses.indices.min { losses[$0] < losses[$1] })
      #expect(losses.count == lowest + 4)
      #expect(run.summary.steps == 2 * losses.count)
      #expect(run.summary.steps < 60)
      #expect(!run.summary.isStopped)
      let best = 2 * (lowest + 1)
      #expect(
        run.notes.last
          == "stopped early: the held-out loss has not fallen for 3 evaluations; "
          + "the model is that of step \(best)")
      let kept = try train("kept") {
        $0.batches.maxSteps = best
        $0.run.earlyStoppingPatience = nil
        $0.optimizer.schedule = .constant
      }
      #expect(try run.weights() == kept.weights())
    }

    @Test("a resumed run stops where it would have stopped")
    func resumed() throws {
      let whole = try train("whole")
      _ = try train(
        "parts",
        observe: { if case .stepped(6, _, _, _, _) = $0 { .stop } else { .proceed } })
      let parts = try train("parts", existing: .resume)
      #expect(parts.summary.steps == whole.summary.steps)
      #expect(try parts.weights() == whole.weights())
      let again = try train("parts", existing: .resume)
      #expect(again.summary.steps == whole.summary.steps)
      #expect(try again.weights() == whole.weights())
    }

    @Test("what evaluations decide by cannot change on resuming, unless they decide nothing")
    func identity() throws {
      func start(_ name: String, _ patience: Int?) throws {
        _ = try train(name) {
          $0.run.earlyStoppingPatience = patience
        } observe: {
          if case .stepped(4, _, _, _, _) = $0 { .stop } else { .proceed }
        }
      }
      func goOn(_ name: String, _ patience: Int?) throws {
        _ = try train(name, existing: .resume) {
          $0.run.earlyStoppingPatience = patience
          $0.run.evaluationSteps = 3
          $0.batches.maxSteps = 6
        }
      }
      try start("deciding", 3)
      let error = try #require(throws: TrainingError.self) { try goOn("deciding", 3) }
      #expect(error.description.contains("eval_steps was 2 and is 3"))
      try start("telling", nil)
      try goOn("telling", nil)
      let other = try #require(throws: TrainingError.self) {
        _ = try train("deciding", existing: .resume) {
          $0.data.evaluationFraction = nil
          $0.data.evaluationFiles = [Fixture.pairs]
        }
      }
      #expect(other.description.contains("the held-out data is not what it was"))
    }

    @Test("a run whose last model is the best ends as one without early stopping")
    func unneeded() throws {
      let patient = try train("patient") {
        $0.batches.maxSteps = 2
        $0.optimizer.learningRate = 1e-4
      }
      let usual = try train("usual") {
        $0.batches.maxSteps = 2
        $0.optimizer.learningRate = 1e-4
        $0.run.earlyStoppingPatience = nil
      }
      #expect(try patient.weights() == usual.weights())
      #expect(patient.notes.isEmpty)
    }
  }
#endif
