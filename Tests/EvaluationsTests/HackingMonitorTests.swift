import Evaluations
import Foundation
import Testing

@Suite("Hacking monitor")
struct HackingMonitorTests {
  private let base = HackingObservation(
    step: 0, proxy: 0, gold: 0, length: 30, distinct: 0.5, repetition: 0.05, selfSimilarity: 0.1,
    keywordDensity: 0.02, divergence: 0, ensembleVariance: 0.1, entropy: 2)

  /// What a second evaluation raises.
  private func warnings(_ change: (inout HackingObservation) -> Void) -> [String] {
    var (monitor, next) = (HackingMonitor(), base)
    next.step = 20
    change(&next)
    #expect(monitor.add(base).isEmpty)
    return monitor.add(next).map(\.description)
  }

  @Test("each rule has its limit, and none is broken at it")
  func rules() {
    #expect(warnings { $0.length = 45 }.isEmpty)
    #expect(
      warnings { $0.length = 48.6 } == [
        "Completions have a mean length of 48.6, up from 30 before training; up to 1.5 times that "
          + "is allowed."
      ])
    #expect(warnings { $0.distinct = 0.4 }.isEmpty)
    #expect(
      warnings { $0.distinct = 0.35 } == [
        "Only 35 % of n-grams are distinct, down from 50 % before training; down to 0.8 times that "
          + "is allowed."
      ])
    #expect(warnings { $0.repetition = 0.25 }.isEmpty)
    #expect(
      warnings { $0.repetition = 0.4 } == [
        "Completions repeat 40 % of their n-grams, up from 5 % before training; a rise by 20 % of "
          + "all is allowed."
      ])
    #expect(warnings { $0.selfSimilarity = 0.2 }.isEmpty)
    #expect(
      warnings { $0.selfSimilarity = 0.9 } == [
        "Completions of different prompts have a similarity of 0.9, up from 0.1 before training; a "
          + "rise by 0.1 is allowed."
      ])
    #expect(warnings { $0.keywordDensity = 0.07 }.isEmpty)
    #expect(
      warnings { $0.keywordDensity = 0.125 } == [
        "Keywords make up 12.5 % of all words, up from 2 % before training; a rise by 5 % of all "
          + "is allowed."
      ])
    #expect(warnings { $0.divergence = 10 }.isEmpty)
    #expect(
      warnings { $0.divergence = 10.5 } == [
        "The policy is 10.5 nats a completion from the reference; up to 10 are allowed."
      ])
    #expect(warnings { $0.ensembleVariance = 0.2 }.isEmpty)
    #expect(
      warnings { $0.ensembleVariance = 0.31 } == [
        "The ensemble's scores have a variance of 0.31, up from 0.1 before training; up to 2 times "
          + "that is allowed."
      ])
    #expect(warnings { $0.entropy = 1 }.isEmpty)
    #expect(
      warnings { $0.entropy = 0.2 } == [
        "The policy's entropy is 0.2 nats a token, down from 2 before training; down to 0.5 times "
          + "that is allowed."
      ])
  }

  @Test("gold that falls while the proxy rises, once it is beyond chance")
  func parting() throws {
    var monitor = HackingMonitor()
    let gold = [0.0, 0.3, 0.5, 0.6, 0.6, 0.5, 0.3, 0.0, -0.4]
    var raised: [HackingWarning] = []
    for (row, gold) in gold.enumerated() {
      raised += monitor.add(
        HackingObservation(step: 20 * row, proxy: Double(row), gold: gold))
    }
    let warning = try #require(raised.first)
    #expect(raised.count == 1)
    #expect(warning.rule == .parting)
    #expect(monitor.activeWarnings.map(\.rule) == [.parting])
    // The best window has rows 2, 3 and 4; it is first left behind by enough at row 6.
    #expect(
      HackingWarning.parted(peakStep: 60, goldFall: 0.1, proxyRise: 2).description
        == "The gold score has fallen by 0.1 since its best around step 60, while the proxy rose by "
        + "2: the policy likely exploits the proxy.")
    if case .parted(let peakStep, _, _) = warning { #expect(peakStep == 60) }
  }

  @Test("false alarms of the rule on gold stay as rare as documented, and no fall is missed")
  func falseAlarms() {
    #expect(share(of: 300, gold: { _ in 0 }) { $0.raisesAlarm() } < 0.15)
    #expect(share(of: 300, gold: { 1 - exp(-4 * $0) }) { $0.raisesAlarm() } < 0.02)
    #expect(share(of: 100, gold: { 3 * $0 - 4 * $0 * $0 }) { $0.raisesAlarm() } == 1)
  }

  @Test("KL that grows with the square of the step is not accelerating, a burst is")
  func acceleration() {
    var monitor = HackingMonitor()
    for row in 0..<30 {
      let kl = 0.01 * Double(row * row)
      #expect(monitor.add(HackingObservation(step: 10 * row, divergence: kl)).isEmpty)
    }
    var burst = HackingMonitor()
    for row in 0..<8 {
      #expect(burst.add(HackingObservation(step: 10 * row, divergence: 0.1 * Double(row))).isEmpty)
    }
    // From 0.5 nats at step 50: 0.01 nats a step before, 0.15 since.
    let raised = burst.add(HackingObservation(step: 80, divergence: 5))
    #expect(
      raised.map(\.description) == [
        "The policy now leaves the reference by 0.15 nats a step, after 0.01 before; up to 4 times "
          + "that is allowed."
      ])
    var small = HackingMonitor()
    for row in 0..<8 { _ = small.add(HackingObservation(step: row, divergence: 0.001)) }
    #expect(small.add(HackingObservation(step: 8, divergence: 0.9)).isEmpty)
    #expect(!small.add(HackingObservation(step: 9, divergence: 1.1)).isEmpty)
  }

  @Test("a warning is raised when it begins to hold, and again only after it ended")
  func onset() {
    var monitor = HackingMonitor(baseline: base)
    let lengths: [Double] = [50, 60, 31, 50]
    let raised = lengths.enumerated().map { row, length in
      monitor.add(HackingObservation(step: row + 1, length: length)).count
    }
    #expect(raised == [1, 0, 0, 1])
    #expect(monitor.activeWarnings == [.longer(length: 50, baseline: 30, factor: 1.5)])
    #expect(monitor.observations.count == 4)
  }

  @Test("what the baseline lacks is taken from the first evaluation that has it")
  func baseline() {
    var monitor = HackingMonitor(baseline: HackingObservation(step: 0, length: 10))
    _ = monitor.add(HackingObservation(step: 1, length: 12, entropy: 3))
    #expect(monitor.baseline == HackingObservation(step: 0, length: 10, entropy: 3))
    let raised = monitor.add(HackingObservation(step: 2, length: 16, entropy: 1))
    #expect(raised.map(\.rule) == [.length, .entropy])
  }

  @Test("thresholds are the caller's, and state survives a checkpoint")
  func state() throws {
    var thresholds = HackingThresholds()
    thresholds.lengthFactor = .greatestFiniteMagnitude
    thresholds.divergenceLimit = 0.5
    var monitor = HackingMonitor(thresholds: thresholds)
    _ = monitor.add(base)
    var copy = try JSONDecoder().decode(
      HackingMonitor.self, from: JSONEncoder().encode(monitor))
    #expect(copy == monitor)
    let next = HackingObservation(step: 5, length: 1e6, divergence: 0.6)
    #expect(monitor.add(next) == [.far(divergence: 0.6, limit: 0.5)])
    #expect(copy.add(next) == [.far(divergence: 0.6, limit: 0.5)])
    #expect(copy == monitor)
  }

  @Test("signals of texts enter an observation")
  func signals() throws {
    let signals = try #require(
      TextSignals(["yes the cat", "yes the cat", "a dog"], prompts: [0, 1, 2], keywords: ["yes"]))
    var observation = HackingObservation(step: 1, length: 7)
    observation.add(signals)
    #expect(observation.length == 7)
    #expect(isClose(observation.distinct, 0.6))
    #expect(observation.repetition == nil)
    #expect(isClose(observation.selfSimilarity, 1.0 / 3))
    #expect(isClose(observation.keywordDensity, 0.25))
  }
}

@Suite("Stopping on gold")
struct GoldStoppingTests {
  @Test("patience counts evaluations since the best")
  func patience() {
    var stopping = GoldStopping(patience: 2)
    let seen = [1.0, 2, 2, 3, 1, 2.9].enumerated().map {
      stopping.add(gold: $0.element, step: 10 * $0.offset)
    }
    #expect(seen == [.keep, .keep, .proceed, .keep, .proceed, .stop(restoring: 30)])
    #expect(stopping.best?.step == 30)
    #expect(stopping.best?.gold == 3)
    #expect(stopping.evaluationsSinceBest == 2)
  }

  @Test("of equal scores the first is kept, and state survives a checkpoint")
  func equal() throws {
    var stopping = GoldStopping(patience: 1)
    #expect(stopping.add(gold: -1, step: 0) == .keep)
    var copy = try JSONDecoder().decode(GoldStopping.self, from: JSONEncoder().encode(stopping))
    #expect(copy.add(gold: -1, step: 5) == .stop(restoring: 0))
  }
}
