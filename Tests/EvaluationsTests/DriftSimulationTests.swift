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
}
