import Foundation
import Objectives
import Testing

@Suite("Running mean and reward shift")
struct RewardShiftTests {
  @Test("numbers in pieces have the mean of all of them")
  func pieces() {
    let numbers = (0..<50).map { Double($0 * $0 % 17) - 3.25 }
    var mean = RunningMean()
    #expect(mean.value == 0)
    for start in stride(from: 0, to: 50, by: 7) {
      mean.add(Array(numbers[start..<min(50, start + 7)]))
    }
    mean.add([])
    #expect(mean.count == 50)
    #expect(abs(mean.value - numbers.reduce(0, +) / 50) < 1e-14)
  }

  @Test("the shift of classes that are not as frequent, in both definitions")
  func definitions() {
    var shift = RewardShift()
    #expect(shift.classBalanced == 0 && shift.pooled == 0)
    shift.add(rewards: [2, 4], isDesirable: [true, true])
    #expect(shift.classBalanced == 3 && shift.pooled == 3)
    shift.add(rewards: [6, -1], isDesirable: [true, false])
    #expect(shift.desirable.value == 4 && shift.undesirable.value == -1)
    #expect(shift.classBalanced == 1.5)
    #expect(shift.pooled == 2.75)
  }

  @Test("only undesirable rows so far: their mean")
  func oneClass() {
    var shift = RewardShift()
    shift.add(rewards: [-2, -4], isDesirable: [false, false])
    #expect(shift.classBalanced == -3 && shift.pooled == -3)
  }

  @Test("what a checkpoint holds goes on as if nothing had happened")
  func coding() throws {
    var shift = RewardShift()
    shift.add(rewards: [0.1, 0.7, -1.3], isDesirable: [true, false, false])
    var restored = try JSONDecoder().decode(
      RewardShift.self, from: JSONEncoder().encode(shift))
    #expect(restored == shift)
    shift.add(rewards: [0.3], isDesirable: [true])
    restored.add(rewards: [0.3], isDesirable: [true])
    #expect(restored == shift)
  }
}
