import Evaluations
import PreferenceData
import Testing

/// Of 200 simulations at a level of 5 %, more than 19 are seen with probability 0.002.
@Suite("Detectors of drift, simulated")
struct DriftSimulationTests {
  @Test("without drift", arguments: DriftSimulation.allCases)
  func level(detector: DriftSimulation) throws {
    let alarms = try detector.alarms(runs: 200, shift: 0)
    #expect(alarms <= 0.095, "\(detector): \(alarms)")
  }

  @Test("a shift by a deviation", arguments: DriftSimulation.allCases)
  func power(detector: DriftSimulation) throws {
    let alarms = try detector.alarms(runs: 60, shift: 1)
    #expect(alarms >= 0.85, "\(detector): \(alarms)")
  }

  @Test(
    "of ten detectors without drift, a family alarms in 5 % of cases where each alone does in 40 %")
  func family() {
    var random = SeededGenerator(seed: 17)
    var (alone, together) = (0, 0)
    for _ in 0..<400 {
      let measurements = (0..<10).map { number in
        DriftMeasurement(
          name: "\(number)", pValue: random.unit(), effect: .size(1, limit: 0.1))
      }
      if measurements.contains(where: { $0.pValue <= 0.05 }) { alone += 1 }
      if !DriftFamily(measurements).drifts.isEmpty { together += 1 }
    }
    #expect(alone > 140 && together < 32 && together > 5, "\(alone) and \(together)")
  }
}

@Suite(
  "Detectors of drift, simulated 2,000 times",
  .enabled(if: DriftSimulation.isAsked, "slow: set ATTUNE_SLOW=1, or run make check-slow"))
struct SlowDriftSimulationTests {
  @Test("without drift, at most 6.5 %", arguments: DriftSimulation.allCases)
  func level(detector: DriftSimulation) throws {
    let alarms = try detector.alarms(runs: 2000, shift: 0)
    #expect(alarms <= 0.065, "\(detector): \(alarms)")
  }

  @Test("half a deviation is found more often", arguments: DriftSimulation.allCases)
  func power(detector: DriftSimulation) throws {
    let (half, whole) = try (
      detector.alarms(runs: 500, shift: 0.5), detector.alarms(runs: 500, shift: 1)
    )
    #expect(half >= 0.3 && whole >= 0.85, "\(detector): \(half) and \(whole)")
  }

  private func runLengths(_ alarms: (inout SeededGenerator) -> Int) -> MeanVariance {
    var random = SeededGenerator(seed: 21)
    return MeanVariance((0..<2000).map { _ in Double(alarms(&random)) })
  }

  // 465 by Page's integral equation; 1,568 of another program.
  @Test("without a change, sums alarm every 465 values and Page and Hinkley's test every 1,570")
  func runLengths() throws {
    let unit = ReferenceScale(mean: 0, deviation: 1)
    let sums = runLengths { random in
      var sum = CumulativeSum(scale: unit)
      while sum.add(SimulatedRun.normal(&random)) == nil {}
      return sum.count
    }
    let tests = runLengths { random in
      var test = PageHinkley(scale: unit)
      while test.add(SimulatedRun.normal(&random)) == nil {}
      return test.count
    }
    for (seen, expected) in [(sums, 465.0), (tests, 1568)] {
      let error = try #require(seen.standardError)
      #expect(isClose(seen.mean, expected, within: 4 * error), "\(seen)")
    }
  }
}
