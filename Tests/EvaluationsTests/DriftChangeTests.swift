import Evaluations
import Foundation
import PreferenceData
import Testing

@Suite("Changes of a stream")
struct DriftChangeTests {
  private let unit = ReferenceScale(mean: 0, deviation: 1)

  @Test("sums of a hand-worked stream, and the alarm they raise")
  func cumulativeSum() throws {
    var sum = CumulativeSum(scale: ReferenceScale(mean: 10, deviation: 2), threshold: 3)
    #expect(sum.add(9) == nil)
    #expect((sum.riseEvidence, sum.fallEvidence) == (0, 0))
    #expect(sum.add(14) == nil && sum.riseEvidence == 1.5)
    #expect(sum.add(13) == nil && sum.riseEvidence == 2.5)
    // 2.5 + 0.5 is at the threshold, not beyond it.
    #expect(sum.add(12) == nil && sum.riseEvidence == 3)
    let raised = sum.add(12)
    let alarm = try #require(raised)
    #expect(alarm.direction == .rise && alarm.position == 5 && alarm.onset == 2)
    #expect(alarm.evidence == 3.5 && sum.riseEvidence == 0 && sum.count == 5)
  }

  @Test("downwards is upwards of the negative stream")
  func mirrored() {
    var random = SeededGenerator(seed: 1)
    let values = (0..<400).map { SimulatedRun.normal(&random) + ($0 < 200 ? 0 : 0.7) }
    func alarms(_ sign: Double) -> [ChangeAlarm] {
      var sum = CumulativeSum(scale: unit)
      return values.compactMap { sum.add(sign * $0) }
    }
    func hinkley(_ sign: Double) -> [ChangeAlarm] {
      var sum = PageHinkley(scale: unit, threshold: 20)
      return values.compactMap { sum.add(sign * $0) }
    }
    for (up, down) in [(alarms(1), alarms(-1)), (hinkley(1), hinkley(-1))] {
      #expect(!up.isEmpty && up.map(\.position) == down.map(\.position))
      #expect(up.map(\.onset) == down.map(\.onset))
      #expect(zip(up, down).allSatisfy { $0.direction != $1.direction })
    }
  }

  @Test("after an alarm a cool-down, then it begins anew")
  func coolDown() {
    var (sum, none) = (
      CumulativeSum(scale: unit, coolDown: 7), CumulativeSum(scale: unit, coolDown: 0)
    )
    // Two a value less ½: beyond 5 with the fourth.
    let positions = (0..<40).compactMap { _ in sum.add(2)?.position }
    #expect(positions == [4, 15, 26, 37] && sum.count == 40)
    #expect((0..<12).compactMap { _ in none.add(2)?.position } == [4, 8, 12])
    // Evidence before the cool-down is forgotten: of the onset too.
    var again = CumulativeSum(scale: unit, coolDown: 7)
    #expect((0..<15).compactMap { _ in again.add(2)?.onset } == [1, 12])
  }

  @Test("a greater slack and threshold alarm later")
  func settings() {
    func position(_ sum: CumulativeSum) -> Int? {
      var sum = sum
      return (0..<100).compactMap { _ in sum.add(1)?.position }.first
    }
    #expect(position(CumulativeSum(scale: unit)) == 11)
    #expect(position(CumulativeSum(scale: unit, slack: 0)) == 6)
    #expect(position(CumulativeSum(scale: unit, slack: 1)) == nil)
    #expect(position(CumulativeSum(scale: unit, threshold: 10)) == 21)
    #expect(position(CumulativeSum(scale: ReferenceScale(mean: 0, deviation: 0.5))) == 4)
    #expect(position(CumulativeSum(scale: ReferenceScale(mean: 1, deviation: 1))) == nil)
  }

  /// The value that raises the first alarm, of a normal stream.
  private func runLength(
    _ sum: CumulativeSum, shift: Double, using random: inout SeededGenerator
  ) -> Double {
    var sum = sum
    while sum.add(SimulatedRun.normal(&random) + shift) == nil {}
    return Double(sum.count)
  }

  private func runLengths(_ sum: CumulativeSum, shift: Double, runs: Int) -> MeanVariance {
    var random = SeededGenerator(seed: 12)
    return MeanVariance((0..<runs).map { _ in runLength(sum, shift: shift, using: &random) })
  }

  // The two sums of k = ½ cannot both be near h: the rates of their alarms add up.
  @Test("run lengths are those of Page's integral equation")
  func recordedRunLengths() throws {
    for recorded in try RecordedDrift.load().run_lengths where recorded.shift >= 0 {
      let sum = CumulativeSum(
        scale: unit, slack: recorded.slack, threshold: recorded.threshold)
      let seen = runLengths(sum, shift: recorded.shift, runs: 1000)
      let expected = recorded.shift == 0 ? recorded.length / 2 : recorded.length
      let error = try #require(seen.standardError)
      #expect(isClose(seen.mean, expected, within: 4 * error), "\(recorded): \(seen)")
    }
  }

  @Test("without a change an alarm every 465 values, with one by a deviation after 10")
  func figures() {
    #expect(
      isClose(runLengths(CumulativeSum(scale: unit), shift: 0, runs: 1000).mean, 465, within: 50))
    #expect(
      isClose(runLengths(CumulativeSum(scale: unit), shift: 1, runs: 1000).mean, 10.4, within: 0.5))
  }

  /// mₜ − min m by its definition, upwards.
  private func definition(_ values: [Double], tolerance: Double) -> [Double] {
    var (sums, sum, total) = ([0.0], 0.0, 0.0)
    return values.enumerated().map { index, value in
      total += value
      sum += value - total / Double(index + 1) - tolerance
      sums.append(sum)
      return sum - (sums.min() ?? 0)
    }
  }

  @Test("Page and Hinkley's sums are those of the definition", arguments: [0, 0.005, 0.2])
  func pageHinkley(tolerance: Double) {
    var random = SeededGenerator(seed: 3)
    let values = (0..<300).map { 5 + 2 * SimulatedRun.normal(&random) + ($0 < 200 ? 0 : 1) }
    var sum = PageHinkley(
      scale: ReferenceScale(mean: 5, deviation: 2), tolerance: tolerance, threshold: 1e9)
    let expected = definition(values.map { ($0 - 5) / 2 }, tolerance: tolerance)
    for (value, expected) in zip(values, expected) {
      #expect(sum.add(value) == nil && isClose(sum.riseEvidence, expected, within: 1e-9))
    }
    let fall = definition(values.map { (5 - $0) / 2 }, tolerance: tolerance)
    #expect(isClose(sum.fallEvidence, fall.last ?? .nan, within: 1e-9))
  }

  @Test("Page and Hinkley's test forgives a constant error of the reference, the sum does not")
  func constantError() {
    var (hinkley, sum) = (PageHinkley(scale: unit), CumulativeSum(scale: unit))
    let alarms = (0..<500).count { _ in hinkley.add(2) != nil }
    #expect(alarms == 0 && (0..<500).contains { _ in sum.add(2) != nil })
  }

  /// The value that raises the first alarm: 0 until a change, then 1.
  private func step(_ test: PageHinkley, after before: Int) -> Int? {
    var test = test
    return (0..<1000).compactMap { test.add($0 < before ? 0 : 1)?.position }.first
  }

  @Test("δ, λ, the minimum count and the cool-down each count")
  func hinkleySettings() {
    let plain = PageHinkley(scale: unit, tolerance: 0, threshold: 5)
    // Of n ones after 20 zeros the sum is 20/21 + 20/22 + … + 20/(20 + n): beyond 5 for 6, beyond 12
    // for 17. Thirty values are wanted first.
    #expect(step(plain, after: 20) == 30)
    #expect(
      step(PageHinkley(scale: unit, tolerance: 0, threshold: 5, minimumCount: 1), after: 20) == 26)
    #expect(
      step(PageHinkley(scale: unit, tolerance: 0, threshold: 12, minimumCount: 1), after: 20) == 37)
    #expect(
      step(PageHinkley(scale: unit, tolerance: 0.3, threshold: 5, minimumCount: 1), after: 20) == 31
    )
    func alarms(_ coolDown: Int) -> [Int] {
      var test = PageHinkley(
        scale: unit, tolerance: 0, threshold: 2, minimumCount: 2, coolDown: coolDown)
      return (0..<200).compactMap { test.add($0.isMultiple(of: 20) ? 8 : 0)?.position }
    }
    #expect(alarms(0).count > alarms(60).count && !alarms(60).isEmpty)
    #expect(zip(alarms(60), alarms(60).dropFirst()).allSatisfy { $1 - $0 > 60 })
  }

  @Test("a doubled rate takes a thousand raw values and more, standardized ones a few hundred")
  func rates() throws {
    var random = SeededGenerator(seed: 4)
    func delay(_ scale: ReferenceScale) -> Double {
      var test = PageHinkley(scale: scale)
      for position in 0..<20_000 {
        let isHit = random.unit() < (position < 1000 ? 0.05 : 0.1)
        if test.add(isHit ? 1 : 0)?.direction == .rise { return Double(position - 1000) }
      }
      return .greatestFiniteMagnitude
    }
    let raw = (0..<60).map { _ in delay(unit) }
    let standardized = (0..<60).map { _ in
      delay(ReferenceScale(mean: 0.05, deviation: (0.05 * 0.95).squareRoot()))
    }
    let (slow, fast) = (SortedSample(raw).median, SortedSample(standardized).median)
    #expect(try #require(slow) > 1000 && #require(fast) < 500, "\(slow ?? 0), \(fast ?? 0)")
  }

  // 1,568 and 46 in 1,500 and 200 runs of another program.
  @Test("without a change an alarm every 1,570 values, with one by a deviation after 46")
  func hinkleyFigures() {
    var random = SeededGenerator(seed: 10)
    func length(after before: Int) -> Double? {
      var test = PageHinkley(scale: unit)
      while true {
        let shift = test.count < before ? 0.0 : 1
        guard test.add(SimulatedRun.normal(&random) + shift) == nil else {
          return test.count > before ? Double(test.count - before) : nil
        }
      }
    }
    let unchanged = (0..<800).map { _ in
      var test = PageHinkley(scale: unit)
      while test.add(SimulatedRun.normal(&random)) == nil {}
      return Double(test.count)
    }
    #expect(isClose(MeanVariance(unchanged).mean, 1568, within: 150))
    let delays = (0..<400).compactMap { _ in length(after: 200) }
    #expect(isClose(SortedSample(delays).median, 46, within: 3))
  }

  @Test("saved at any value and continued, both go on as if they had not been")
  func saved() throws {
    var random = SeededGenerator(seed: 2)
    let values = (0..<300).map { SimulatedRun.normal(&random) + ($0 < 120 ? 0 : 1.5) }
    func saved<Watch: Codable>(_ watch: Watch) throws -> Watch {
      try JSONDecoder().decode(Watch.self, from: JSONEncoder().encode(watch))
    }
    var (sum, hinkley) = (CumulativeSum(scale: unit, coolDown: 20), PageHinkley(scale: unit))
    var (otherSum, otherHinkley) = (sum, hinkley)
    var alarms = 0
    for (position, value) in values.enumerated() {
      let seen = (sum.add(value), hinkley.add(value))
      #expect(seen.0 == otherSum.add(value) && seen.1 == otherHinkley.add(value))
      alarms += (seen.0 == nil ? 0 : 1) + (seen.1 == nil ? 0 : 100)
      if position.isMultiple(of: 7) {
        (otherSum, otherHinkley) = try (saved(otherSum), saved(otherHinkley))
      }
    }
    #expect(sum == otherSum && hinkley == otherHinkley)
    #expect(alarms % 100 > 1 && alarms >= 100)
  }

  @Test("a scale is that of the reference, and nil where nothing varies")
  func scale() throws {
    let scale = try #require(ReferenceScale([1, 2, 3, 4]))
    #expect(scale.mean == 2.5 && isClose(scale.deviation, (5.0 / 3).squareRoot(), within: 1e-12))
    #expect(ReferenceScale([3, 3]) == nil && ReferenceScale([]) == nil)
  }
}
