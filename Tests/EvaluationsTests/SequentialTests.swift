import Evaluations
import Foundation
import PreferenceData
import Testing

@Suite("Sequential tests")
struct SequentialTests {
  private func process(_ recorded: RecordedAgreement.Process) -> BetaBinomialEProcess {
    var process = BetaBinomialEProcess(
      atMost: recorded.bound, prior: .init(a: recorded.a, b: recorded.b))
    process.record(successes: recorded.successes, failures: recorded.failures)
    return process
  }

  @Test("the incomplete beta function, both tails, as mpmath has it to 200 digits")
  func incompleteBeta() throws {
    let recorded = try RecordedAgreement.load().incomplete_betas
    #expect(recorded.count > 30)
    for place in recorded {
      let lower = IncompleteBeta.logLower(place.x, place.a, place.b)
      let upper = IncompleteBeta.logUpper(place.x, place.a, place.b)
      // Logarithms near 0 are of probabilities near 1: only relative terms tell them apart.
      #expect(
        isClose(lower, place.log_lower, within: 1e-9 * -place.log_lower), "\(place): \(lower)")
      #expect(
        isClose(upper, place.log_upper, within: 1e-9 * -place.log_upper), "\(place): \(upper)")
    }
    // I_x(1, 1) = x, and I_x(a, 1) = xᵃ where x^a is below the smallest number.
    #expect(isClose(IncompleteBeta.logLower(0.3, 1, 1), log(0.3), within: 1e-14))
    #expect(isClose(IncompleteBeta.logLower(0.1, 1000, 1) / (1000 * log(0.1)), 1, within: 1e-12))
  }

  @Test("18 and 0 of bad events at a share of 0.1")
  func vectors() {
    var process = BetaBinomialEProcess(atMost: 0.1, prior: .init(a: 1, b: 9))
    #expect(process.eValue == 1)
    process.record(successes: 18, failures: 62)
    #expect(isClose(process.eValue, 74.0599, within: 1e-4))
    #expect(isClose(exp(process.logTwoSided), 28.724978, within: 1e-6))
    process = BetaBinomialEProcess(atMost: 0.1, prior: .init(a: 1, b: 9))
    process.record(successes: 0, failures: 50)
    #expect(isClose(process.eValue, 0.1525, within: 1e-4))
  }

  @Test("as a quotient of integrals by mpmath")
  func recorded() throws {
    for recorded in try RecordedAgreement.load().processes {
      #expect(isClose(process(recorded).logEValue, recorded.log_e, within: 1e-9))
    }
  }

  @Test(
    "one trial more keeps the mean at the bound, and lowers it below",
    arguments: [(0, 0), (3, 1), (0, 40), (25, 60), (200, 300)])
  func martingale(successes: Int, failures: Int) {
    var before = BetaBinomialEProcess(atMost: 0.25, prior: .init(a: 2, b: 3))
    before.record(successes: successes, failures: failures)
    var (hit, miss) = (before, before)
    hit.record(successes: 1, failures: 0)
    miss.record(successes: 0, failures: 1)
    func mean(_ probability: Double) -> Double {
      probability * exp(hit.logEValue - before.logEValue)
        + (1 - probability) * exp(miss.logEValue - before.logEValue)
    }
    #expect(isClose(mean(0.25), 1, within: 1e-10))
    #expect(mean(0.2) < 1 && mean(0.05) < mean(0.2) && mean(0.3) > 1)
  }

  @Test("stretches multiply, in logarithms even where the product is no number")
  func restarts() {
    var first = BetaBinomialEProcess(atMost: 0.1)
    first.record(successes: 5, failures: 20)
    var second = BetaBinomialEProcess(atMost: 0.5)
    second.record(successes: 4, failures: 2)
    var both = BetaBinomialEProcess(atMost: 0.1)
    both.record(successes: 2, failures: 12)
    both.record(successes: 3, failures: 8)
    both.restart(atMost: 0.5)
    #expect(both.eValue == first.eValue && both.successes == 0 && both.bound == 0.5)
    both.record(successes: 4, failures: 2)
    #expect(isClose(both.logEValue, first.logEValue + second.logEValue, within: 1e-12))
    both.restart(atMost: 0.1)
    both.record(successes: 3000, failures: 0)
    #expect(both.logEValue > 6000 && both.logEValue.isFinite && both.eValue == .infinity)
  }

  /// The trial at which a stream of equal probability is stopped first.
  private func stop(
    _ probability: Double, trials: Int, restartEvery: Int? = nil,
    using random: inout SeededGenerator
  ) -> Int? {
    var process = BetaBinomialEProcess(atMost: 0.25)
    for trial in 1...trials {
      if let restartEvery, trial.isMultiple(of: restartEvery) { process.restart(atMost: 0.25) }
      let isHit = Double(random.uniform(below: 1_000_000)) < probability * 1e6
      process.record(successes: isHit ? 1 : 0, failures: isHit ? 0 : 1)
      if process.logEValue >= log(20) { return trial }
    }
    return nil
  }

  @Test("looked at after every trial, false alarms stay below 5 %", arguments: [nil, 60])
  func falseAlarms(restartEvery: Int?) {
    var random = SeededGenerator(seed: 21)
    let alarms = (0..<1000).count { _ in
      stop(0.25, trials: 300, restartEvery: restartEvery, using: &random) != nil
    }
    // Seen: 3.6 % in one stretch.
    #expect(alarms < 50 && alarms > 0, "\(alarms) of 1000")
    let rarer = (0..<300).count { _ in stop(0.15, trials: 300, using: &random) != nil }
    #expect(rarer < 9)
    let oftener = (0..<300).count { _ in stop(0.5, trials: 300, using: &random) != nil }
    #expect(oftener == 300)
  }
}

@Suite("Gold accuracy")
struct GoldAccuracyTests {
  private func verdict(hits: Int, misses: Int) -> GoldAccuracyTest.Verdict {
    var test = GoldAccuracyTest()
    test.record(hits: hits, misses: misses)
    return test.verdict
  }

  // ∫ from ¼ to 1 of pᵏ(1 − p)ⁿ⁻ᵏ dp/¾ by ¼ᵏ·¾ⁿ⁻ᵏ: for two misses of two, (1 − ¼³)/3/¾·16 = 7.
  @Test("never on fewer than ten items")
  func verdicts() {
    var few = GoldAccuracyTest()
    few.record(hits: 0, misses: 2)
    #expect(isClose(few.eValue, 7, within: 1e-12) && few.verdict == .tooFew)
    #expect(verdict(hits: 0, misses: 9) == .tooFew)
    #expect(verdict(hits: 4, misses: 6) == .inOrder && verdict(hits: 10, misses: 0) == .inOrder)
    guard case .paused(let evidence) = verdict(hits: 3, misses: 7) else {
      Issue.record("7 misses of 10 do not pause")
      return
    }
    #expect(isClose(evidence, 39.1818181818, within: 1e-9))
  }

  @Test("tolerance, level and number of items count")
  func settings() {
    func verdict(_ test: GoldAccuracyTest) -> GoldAccuracyTest.Verdict {
      var test = test
      test.record(hits: 3, misses: 7)
      return test.verdict
    }
    #expect(verdict(GoldAccuracyTest(toleratedMissRate: 0.5)) == .inOrder)
    #expect(verdict(GoldAccuracyTest(alpha: 0.02)) == .inOrder)
    #expect(verdict(GoldAccuracyTest(minimumItems: 11)) == .tooFew)
  }

  /// After how many items each of so many annotators is paused, within 200.
  private func pauses(missRate: Double, annotators: Int, seed: UInt64) -> [Int?] {
    var random = SeededGenerator(seed: seed)
    return (0..<annotators).map { _ in
      var test = GoldAccuracyTest()
      for item in 1...200 {
        let isMiss = Double(random.uniform(below: 1_000_000)) < missRate * 1e6
        test.record(hits: isMiss ? 0 : 1, misses: isMiss ? 1 : 0)
        if case .paused = test.verdict { return item }
      }
      return nil
    }
  }

  @Test("a coin-flipper is paused after some 22 items, who is right in 90 % never")
  func simulated() throws {
    let flippers = pauses(missRate: 0.5, annotators: 500, seed: 1).map { $0 ?? .max }
    let median = try #require(SortedSample(flippers.map { Double(min($0, 1000)) }).median)
    #expect(median == 22)
    #expect(flippers.count { $0 <= 100 } >= 490 && flippers.allSatisfy { $0 >= 10 })
    #expect(pauses(missRate: 0.1, annotators: 500, seed: 2).allSatisfy { $0 == nil })
    // At the tolerated rate itself.
    #expect(pauses(missRate: 0.25, annotators: 500, seed: 3).count { $0 != nil } < 25)
  }
}
