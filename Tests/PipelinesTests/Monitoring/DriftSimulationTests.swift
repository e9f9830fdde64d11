import Foundation
import Pipelines
import PreferenceData
import Testing

/// Windows of simulated traffic against a simulated baseline.
struct MonitorSimulation {
  var mix = MonitoredTraffic().mix
  var fault = MonitoredTraffic.Fault.none
  var baseline = 300
  var window = 150
  var settings = DriftSettings.quick

  /// What is found each time, topics and draws being other ones.
  func reports(_ runs: Int, seed: UInt64 = 3) throws -> [DriftReport] {
    var random = SeededGenerator(seed: seed)
    return try (0..<runs).map { run in
      var settings = settings
      settings.seed = UInt64(run)
      let before = MonitoredTraffic().responses(baseline, using: &random)
      let now = MonitoredTraffic(mix: mix, fault: fault).responses(window, using: &random)
      let measurer = ResponseMeasurer(comparing: before, with: now)
      let frozen = AlignmentBaseline(before, measurer: measurer, settings: settings)
      return try DriftAnalysis(frozen)(frozen.placed(measurer(now)))
    }
  }
}

@Suite("Drift of simulated traffic")
struct MonitorSimulationTests {
  @Test("probe")
  func probe() throws {
    let clock = ContinuousClock()
    for (name, mix, fault) in [
      ("none", [0.4, 0.3, 0.2, 0.1, 0], MonitoredTraffic.Fault.none),
      ("mix", [0.1, 0.2, 0.3, 0.4, 0], .none), ("new", [0.2, 0.2, 0.2, 0.1, 0.3], .none),
      ("reward", [0.4, 0.3, 0.2, 0.1, 0], .reward), ("length", [0.4, 0.3, 0.2, 0.1, 0], .length),
      ("toxic", [0.4, 0.3, 0.2, 0.1, 0], .toxicity),
      ("refusal", [0.4, 0.3, 0.2, 0.1, 0], .refusal),
    ] {
      var reports: [DriftReport] = []
      let time = try clock.measure {
        reports = try MonitorSimulation(mix: mix, fault: fault).reports(40)
      }
      var counts: [String: Int] = [:]
      for report in reports {
        if !report.behaviourDrifts.isEmpty { counts["BEHAVIOUR", default: 0] += 1 }
        if !report.covariateDrifts.isEmpty { counts["COVARIATE", default: 0] += 1 }
        if !report.changes.isEmpty { counts["CHANGES", default: 0] += 1 }
        for f in report.behaviour + report.covariates where f.pValue <= 0.05 {
          counts["p \(f.name)", default: 0] += 1
        }
        for f in report.behaviour + report.covariates where f.isDrift {
          counts["drift \(f.name)", default: 0] += 1
        }
        for f in report.changes { counts["change \(f.name) \(f.detector)", default: 0] += 1 }
      }
      let unfamiliar = reports.map(\.unfamiliarShare).reduce(0, +) / 40
      let topics = reports.map { Double($0.topics.count) }.reduce(0, +) / 40
      FileHandle.standardError.write(
        Data(
          "\(name) \(time) \(counts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) \(unfamiliar) \(topics)\n"
            .utf8));
      if false { print(time) };
      print(
        name, time, counts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }, "unfamiliar",
        unfamiliar, "topics", topics)
    }
  }
}
