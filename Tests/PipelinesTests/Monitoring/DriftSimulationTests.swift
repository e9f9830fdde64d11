import Pipelines
import PreferenceData
import Testing

/// Windows of simulated traffic against a simulated baseline.
struct MonitorSimulation {
  var mix = MonitoredTraffic().mix
  var fault = MonitoredTraffic.Fault.none
  var baseline = 300
  var window = 150

  /// What is found each time, topics and draws being other ones.
  func reports(_ runs: Int, seed: UInt64 = 3) throws -> [DriftReport] {
    var random = SeededGenerator(seed: seed)
    return try (0..<runs).map { run in
      var settings = DriftSettings.quick
      settings.seed = UInt64(run)
      let before = MonitoredTraffic().responses(baseline, using: &random)
      let now = MonitoredTraffic(mix: mix, fault: fault).responses(window, using: &random)
      let measurer = ResponseMeasurer(comparing: before, with: now)
      let frozen = AlignmentBaseline(before, measurer: measurer, settings: settings)
      return try DriftAnalysis(frozen)(frozen.placed(measurer(now)))
    }
  }

  /// Other shares of the same topics.
  static let otherMix = [0.1, 0.2, 0.3, 0.4, 0]
  /// Three in ten questions of a topic that the baseline has never seen.
  static let newTopic = [0.2, 0.2, 0.2, 0.1, 0.3]
}

@Suite("Drift of simulated traffic")
struct MonitorSimulationTests {
  @Test("without drift, nothing is found")
  func level() throws {
    let report = try #require(try MonitorSimulation().reports(1).first)
    #expect(report.behaviourDrifts.isEmpty && report.covariateDrifts.isEmpty)
    #expect(report.behaviour.count >= 6 && report.covariates.count == 4)
  }

  @Test("another mix of topics is the users' doing, and not the model's")
  func mix() throws {
    let report = try #require(
      try MonitorSimulation(mix: MonitorSimulation.otherMix).reports(1).first)
    #expect(report.covariateDrifts.contains { $0.name == "topics" })
    #expect(report.behaviourDrifts.isEmpty)
    // The plain means differ by far: rewards of topic n are n, so from 1 to 2.
    let (before, now) = (report.baseline["reward_mean"]?.mean, report.current["reward_mean"]?.mean)
    #expect(try #require(now) - #require(before) > 0.6)
  }

  @Test("a new topic is reported as unfamiliar, and left out")
  func newTopic() throws {
    let report = try #require(
      try MonitorSimulation(mix: MonitorSimulation.newTopic).reports(1).first)
    #expect(report.unfamiliarShare > 0.25 && report.leftOut > 35)
    #expect(report.unfamiliarQuestions.contains { $0.contains("vex") })
    #expect(
      report.covariateDrifts.contains { $0.name == "topics" } && report.behaviourDrifts.isEmpty)
  }

  @Test(
    "planted faults are found",
    arguments: [
      (MonitoredTraffic.Fault.reward, "reward"), (.length, "length"), (.toxicity, "toxicity"),
    ])
  func faults(fault: MonitoredTraffic.Fault, name: String) throws {
    let report = try #require(try MonitorSimulation(fault: fault).reports(1).first)
    #expect(report.finding(name)?.isDrift == true)
    #expect(report.covariateDrifts.isEmpty)
    #expect(report.examples.contains { $0.name == name })
    #expect(report.changes.contains { $0.name == name })
  }
}

/// Of 200 at 5 %, more than 19 are seen with probability 0.002; the half of it for what is left of topics in topics.
@Suite(
  "Drift of simulated traffic, 200 times",
  .enabled(if: MonitoredTraffic.isAsked, "slow: set ATTUNE_SLOW=1, or run make check-slow"))
struct SlowMonitorSimulationTests {
  @Test(
    "behaviour does not drift with the mix",
    arguments: [MonitoredTraffic().mix, MonitorSimulation.otherMix, MonitorSimulation.newTopic])
  func mix(mix: [Double]) throws {
    let reports = try MonitorSimulation(mix: mix).reports(200)
    let (model, users, changes) = (
      reports.count { !$0.behaviourDrifts.isEmpty }, reports.count { !$0.covariateDrifts.isEmpty },
      reports.count { !$0.changes.isEmpty }
    )
    #expect(model <= 19, "\(model) of 200")
    if mix == MonitoredTraffic().mix {
      #expect(users <= 19 && changes <= 30, "\(users) and \(changes) of 200")
    } else {
      #expect(users >= 190, "\(users) of 200")
    }
  }

  @Test(
    "each fault is found nearly always",
    arguments: [
      (MonitoredTraffic.Fault.reward, "reward"), (.length, "length"), (.toxicity, "toxicity"),
    ])
  func faults(fault: MonitoredTraffic.Fault, name: String) throws {
    let reports = try MonitorSimulation(fault: fault).reports(100)
    let found = reports.count { $0.finding(name)?.isDrift == true }
    #expect(found >= 85, "\(found) of 100")
  }
}
