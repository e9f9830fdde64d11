import PreferenceData
import Testing

@testable import Pipelines

/// Windows of simulated traffic against a simulated baseline.
struct MonitorSimulation: Sendable {
  var mix = MonitoredTraffic().mix
  var fault = MonitoredTraffic.Fault.none
  var baseline = 300
  var window = 150
  var settings = DriftSettings.quick

  /// Other shares of the same topics.
  static let otherMix = [0.1, 0.2, 0.3, 0.4, 0]
  /// Three in ten questions of a topic that the baseline has never seen.
  static let newTopic = [0.2, 0.2, 0.2, 0.1, 0.3]

  /// What is said of one window.
  func report() throws -> DriftReport {
    let (frozen, placed) = traffic(0)
    return try DriftAnalysis(frozen)(placed)
  }

  /// What the tests find, time after time, topics and draws being other ones.
  func tally(_ runs: Int) async throws -> MonitorTally {
    let parts = 8
    return try await withThrowingTaskGroup(of: MonitorTally.self) { group in
      for part in 0..<parts {
        group.addTask {
          var tally = MonitorTally()
          for run in stride(from: part, to: runs, by: parts) { tally.add(try findings(run)) }
          return tally
        }
      }
      return try await group.reduce(into: MonitorTally()) { $0.add($1) }
    }
  }

  private func traffic(_ run: Int) -> (AlignmentBaseline, [PlacedResponse]) {
    var random = SeededGenerator(seed: 3 + UInt64(run))
    var settings = settings
    settings.seed = UInt64(run)
    let before = MonitoredTraffic().responses(baseline, using: &random)
    let now = MonitoredTraffic(mix: mix, fault: fault).responses(window, using: &random)
    let measurer = ResponseMeasurer(comparing: before, with: now)
    let frozen = AlignmentBaseline(before, measurer: measurer, settings: settings)
    return (frozen, frozen.placed(measurer(now)))
  }

  private func findings(_ run: Int) throws -> DriftFindings {
    let (frozen, placed) = traffic(run)
    return try DriftAnalysis(frozen).findings(placed, QuestionComparison(frozen, placed))
  }
}

/// How often something was found.
struct MonitorTally: Sendable {
  /// Windows.
  private(set) var runs = 0
  /// Windows with p ≤ 0.05 before correction, by test.
  private(set) var single: [String: Int] = [:]
  /// Windows with a drift, by test.
  private(set) var drifts: [String: Int] = [:]
  /// Windows with any drift of what the model does.
  private(set) var behaviour = 0
  /// Windows with any drift of what users ask.
  private(set) var users = 0
  /// Windows with any change along them.
  private(set) var changes = 0
  /// Windows with a change, by column.
  private(set) var changed: [String: Int] = [:]

  mutating func add(_ findings: DriftFindings) {
    runs += 1
    for finding in findings.behaviour + findings.covariates {
      single[finding.name, default: 0] += finding.pValue <= 0.05 ? 1 : 0
      drifts[finding.name, default: 0] += finding.isDrift ? 1 : 0
    }
    behaviour += findings.behaviour.contains(where: \.isDrift) ? 1 : 0
    users += findings.covariates.contains(where: \.isDrift) ? 1 : 0
    changes += findings.changes.isEmpty ? 0 : 1
    for name in Set(findings.changes.map(\.name)) { changed[name, default: 0] += 1 }
  }

  mutating func add(_ other: MonitorTally) {
    runs += other.runs
    single.merge(other.single, uniquingKeysWith: +)
    drifts.merge(other.drifts, uniquingKeysWith: +)
    behaviour += other.behaviour
    users += other.users
    changes += other.changes
    changed.merge(other.changed, uniquingKeysWith: +)
  }

  /// The share of all windows.
  func share(_ count: Int?) -> Double { Double(count ?? 0) / Double(runs) }
}

@Suite("Drift of simulated traffic")
struct MonitorSimulationTests {
  @Test("without drift, nothing is found")
  func level() throws {
    let report = try MonitorSimulation().report()
    #expect(report.behaviourDrifts.isEmpty && report.covariateDrifts.isEmpty)
    #expect(report.behaviour.count >= 6 && report.covariates.count == 4)
  }

  @Test("another mix of topics is the users' doing, and not the model's")
  func mix() throws {
    let report = try MonitorSimulation(mix: MonitorSimulation.otherMix).report()
    #expect(report.covariateDrifts.contains { $0.name == "topics" })
    #expect(report.behaviourDrifts.isEmpty)
    // The plain means differ by far: rewards of topic n are n, so from 1 to 2.
    let (before, now) = (report.baseline["reward_mean"]?.mean, report.current["reward_mean"]?.mean)
    #expect(try #require(now) - #require(before) > 0.6)
  }

  @Test("a new topic is reported as unfamiliar, and left out")
  func newTopic() throws {
    let report = try MonitorSimulation(mix: MonitorSimulation.newTopic).report()
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
    let report = try MonitorSimulation(fault: fault).report()
    #expect(report.finding(name)?.isDrift == true)
    #expect(report.covariateDrifts.isEmpty)
    #expect(report.examples.contains { $0.name == name })
    #expect(report.changes.contains { $0.name == name })
  }
}

/// Of 2,000 at 5 %, more than 130 are seen with probability 0.001. All take some minutes.
@Suite(
  "Drift of simulated traffic, 2,000 times",
  .enabled(if: MonitoredTraffic.isAsked, "slow: set ATTUNE_SLOW=1, or run make check-slow"))
struct SlowMonitorSimulationTests {
  private let behaviour = [
    "reward", "length", "diversity", "toxicity", "unsafe", "refusal_harmless",
  ]
  private let users = ["topics", "prompt_length", "harmful_prompt", "question_words"]

  private func simulation(
    _ mix: [Double] = MonitoredTraffic().mix, _ fault: MonitoredTraffic.Fault = .none
  ) -> MonitorSimulation {
    var simulation = MonitorSimulation(mix: mix, fault: fault)
    // As many as a report has: with few, the least p is too great for a family.
    simulation.settings.rounds = DriftSettings().rounds
    simulation.settings.classifierRows = 30
    return simulation
  }

  @Test("without drift, each test finds one in at most 6.5 %, and a family in at most 5 %")
  func level() async throws {
    let tally = try await simulation().tally(2000)
    #expect(tally.runs == 2000 && tally.single.keys.sorted() == (behaviour + users).sorted())
    for (name, count) in tally.single {
      #expect(tally.share(count) <= 0.065, "\(name): \(count)")
    }
    #expect(tally.share(tally.behaviour) <= 0.05, "behaviour: \(tally.behaviour)")
    #expect(tally.share(tally.users) <= 0.05, "users: \(tally.users)")
    #expect(
      tally.share(tally.changes) <= 0.05, "changes: \(tally.changes), of \(tally.changed)")
  }

  @Test(
    "another mix of topics is found, and is no drift of behaviour",
    arguments: [MonitorSimulation.otherMix, MonitorSimulation.newTopic])
  func mix(mix: [Double]) async throws {
    let tally = try await simulation(mix).tally(500)
    #expect(tally.share(tally.behaviour) <= 0.05, "behaviour: \(tally.behaviour)")
    #expect(tally.share(tally.users) >= 0.95, "users: \(tally.users)")
  }

  @Test(
    "each fault is found nearly always",
    arguments: [
      (MonitoredTraffic.Fault.reward, "reward"), (.length, "length"), (.toxicity, "toxicity"),
    ])
  func faults(fault: MonitoredTraffic.Fault, name: String) async throws {
    let tally = try await simulation(MonitoredTraffic().mix, fault).tally(200)
    #expect(tally.share(tally.drifts[name]) >= 0.9, "\(tally.drifts[name] ?? 0) of 200")
  }
}
