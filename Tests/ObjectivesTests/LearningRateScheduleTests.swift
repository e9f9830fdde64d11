import Objectives
import Testing

/// `Fixtures/schedules.json`, written by `scripts/record/schedules.py`.
private struct RecordedSchedules: Decodable {
  struct Record: Decodable {
    let schedule: String
    let warmup_steps: Int
    let total_steps: Int
    let factors: [Double]
  }
  let records: [Record]
}

@Suite("Learning rate schedule")
struct LearningRateScheduleTests {
  @Test("factors are those that transformers gives its optimizer")
  func transformersParity() throws {
    let records = try fixture("schedules.json", as: RecordedSchedules.self).records
    #expect(records.count == 21)
    for record in records {
      let (warmup, total) = (record.warmup_steps, record.total_steps)
      let schedule: LearningRateSchedule =
        switch record.schedule {
        case "constant": .constant(warmupSteps: warmup)
        case "linear": .linear(warmupSteps: warmup, totalSteps: total)
        default: .cosine(warmupSteps: warmup, totalSteps: total)
        }
      for (step, factor) in record.factors.enumerated() {
        #expect(abs(schedule.factor(at: step) - factor) < 1e-15, "\(record.schedule) at \(step)")
      }
    }
  }

  @Test("hand-worked factors")
  func handWorked() {
    let linear = LearningRateSchedule.linear(warmupSteps: 4, totalSteps: 12)
    #expect([0, 1, 4, 8, 12].map(linear.factor) == [0, 0.25, 1, 0.5, 0])
    let cosine = LearningRateSchedule.cosine(totalSteps: 4)
    // (1 + cos 0) / 2, (1 + cos π/4) / 2 = 0.853553, (1 + cos π/2) / 2, …
    for (step, expected) in [1, 0.853553, 0.5, 0.146447, 0].enumerated() {
      #expect(abs(cosine.factor(at: step) - expected) < 1e-6)
    }
    #expect((0..<3).map(LearningRateSchedule.constant().factor) == [1, 1, 1])
  }
}
