import Evaluations
import PreferenceData
import Testing

@Suite("Drift of numbers")
struct DriftDistanceTests {
  private let x = (1...8).map(Double.init)
  private let y: [Double] = [2, 3, 5, 6, 8, 9, 10, 11]

  @Test("eight numbers and eight others of a hand-worked example")
  func vector() throws {
    let test = try #require(KolmogorovSmirnov(reference: x, current: y, ties: .continuous))
    #expect(test.statistic == 0.375 && test.method == .exact)
    #expect(isClose(test.pValue, 0.660140, within: 5e-7))
    let distance = try #require(WassersteinDistance(reference: x, current: y))
    #expect(isClose(distance.value, 2.25, within: 1e-12))
    #expect(isClose(distance.normalized, 0.981981, within: 5e-7))
    let discrepancy = try #require(
      MaximumMeanDiscrepancy(reference: x.map { [$0] }, current: y.map { [$0] }))
    #expect(isClose(discrepancy.gamma, 1.0 / 9, within: 1e-12))
    #expect(isClose(discrepancy.value, 0.004191, within: 5e-7))
  }

  @Test("statistics agree with SciPy, probabilities far into the tail")
  func recorded() throws {
    for recorded in try RecordedDrift.load().gaps {
      let (r, c) = (recorded.reference, recorded.current)
      let test = try #require(KolmogorovSmirnov(reference: r, current: c, ties: .continuous))
      #expect(isClose(test.statistic, recorded.statistic, within: 1e-12))
      // SciPy's float64 sums differ from its integers by some 10⁻¹⁰ of the probability.
      #expect(isClose(test.pValue, recorded.p, within: 1e-9 * recorded.p), "\(test)")
      let distance = try #require(WassersteinDistance(reference: r, current: c))
      #expect(isClose(distance.value, recorded.wasserstein, within: 1e-12))
      #expect(isClose(distance.normalized, recorded.normalized, within: 1e-12))
    }
  }

  @Test("with ties the exact probability is the share of all exchanges that differ as much")
  func ties() throws {
    var compared = 0
    for recorded in try RecordedDrift.load().gaps {
      let test = try #require(
        KolmogorovSmirnov(reference: recorded.reference, current: recorded.current))
      if let exchanged = recorded.exchanged {
        #expect(isClose(test.pValue, exchanged, within: 1e-12))
        #expect(test.pValue < recorded.p)
        compared += 1
      } else {
        // Without ties it is the same.
        #expect(isClose(test.pValue, recorded.p, within: 1e-9 * recorded.p))
      }
    }
    #expect(compared == 2)
  }

  @Test("more than a million pairs have Kolmogorov's limit law")
  func limits() throws {
    for recorded in try RecordedDrift.load().limits {
      let first = (0..<recorded.count).map(Double.init)
      let second = first.map { $0 + Double(recorded.moved) }
      let test = try #require(KolmogorovSmirnov(reference: first, current: second))
      #expect(test.method == .asymptotic)
      #expect(
        isClose(test.statistic, Double(recorded.moved) / Double(recorded.count), within: 1e-12))
      #expect(isClose(test.pValue, recorded.p, within: 1e-9 * recorded.p + 1e-15), "\(test)")
    }
  }

  @Test("on either side of the limit both laws agree")
  func exactAndLimit() throws {
    let first = (0..<1000).map(Double.init)
    let exact = try #require(
      KolmogorovSmirnov(reference: first, current: first.map { $0 + 61.5 }, ties: .continuous))
    let longer = (0..<1001).map(Double.init)
    let limit = try #require(
      KolmogorovSmirnov(reference: longer, current: longer.map { $0 + 61.5 }))
    #expect(exact.method == .exact && limit.method == .asymptotic)
    #expect(isClose(exact.pValue, limit.pValue, within: 0.003))
  }

  @Test("D depends on order alone, W₁ moves with the numbers")
  func invariance() throws {
    let test = try #require(KolmogorovSmirnov(reference: x, current: y))
    let cubed = try #require(
      KolmogorovSmirnov(reference: x.map { $0 * $0 * $0 }, current: y.map { $0 * $0 * $0 }))
    #expect(cubed == test)
    let exchanged = try #require(KolmogorovSmirnov(reference: y, current: x))
    #expect(exchanged.statistic == test.statistic)
    #expect(isClose(exchanged.pValue, test.pValue, within: 1e-12))
    let distance = try #require(WassersteinDistance(reference: x, current: y))
    let scaled = try #require(
      WassersteinDistance(reference: x.map { 3 - 2 * $0 }, current: y.map { 3 - 2 * $0 }))
    #expect(isClose(scaled.value, 4.5, within: 1e-12))
    #expect(isClose(scaled.normalized, distance.normalized ?? .nan, within: 1e-12))
    let moved = try #require(WassersteinDistance(reference: x, current: x.map { $0 + 7 }))
    #expect(isClose(moved.value, 7, within: 1e-12))
  }

  @Test("a sample and itself do not differ")
  func identity() throws {
    let test = try #require(KolmogorovSmirnov(reference: x, current: x))
    #expect(test.statistic == 0 && test.pValue == 1)
    let distance = try #require(WassersteinDistance(reference: x, current: x))
    var random = SeededGenerator(seed: 0)
    #expect(distance.value == 0 && distance.pValue(rounds: 20, using: &random) == 1)
  }

  @Test("what is undefined is nil")
  func undefined() {
    #expect(KolmogorovSmirnov(reference: [], current: x) == nil)
    #expect(WassersteinDistance(reference: x, current: []) == nil)
    let constant = WassersteinDistance(reference: [2, 2], current: [3])
    #expect(constant?.value == 1 && constant?.normalized == nil)
  }

  // Of 20 exchanges of {1, 2, 3} and {4, 5, 6}, two are as far apart.
  @Test("the probability by exchange is that of all exchanges")
  func exchange() throws {
    var random = SeededGenerator(seed: 1)
    let distance = try #require(WassersteinDistance(reference: [1, 2, 3], current: [4, 5, 6]))
    #expect(isClose(distance.pValue(rounds: 20_000, using: &random), 0.1, within: 0.007))
    let test = try #require(KolmogorovSmirnov(reference: [1, 2, 3], current: [4, 5, 6]))
    #expect(isClose(test.pValue, 0.1, within: 1e-12))
    var (one, other) = (SeededGenerator(seed: 4), SeededGenerator(seed: 4))
    #expect(
      distance.pValue(rounds: 50, using: &one) == distance.pValue(rounds: 50, using: &other))
  }

  @Test("k of R exchanges as great make (k + 1)/(R + 1)")
  func permutation() {
    var random = SeededGenerator(seed: 3)
    let test = PermutationTest(rounds: 99)
    func pValue(_ statistic: ([Int]) -> Double) -> Double {
      test.pValue(reference: 4, current: 6, using: &random, of: statistic)
    }
    #expect(pValue { _ in 2.5 } == 1)
    #expect(pValue { $0 == Array(0..<10) ? 1 : 0 } == 0.01)
    // A last digit that differs by rounding is no difference.
    #expect(pValue { $0 == Array(0..<10) ? 0.3 : 0.1 + 0.2 - 1e-16 } == 1)
    var orders: [[Int]] = []
    _ = pValue {
      orders.append($0)
      return 0
    }
    #expect(orders.count == 100 && orders.allSatisfy { $0.sorted() == Array(0..<10) })
  }

  @Test("rates agree with SciPy: χ² without correction, and Fisher's test")
  func rates() throws {
    let recorded = try RecordedDrift.load().rates
    func test(_ counts: [Int]) -> TwoProportionTest? {
      TwoProportionTest(reference: (counts[0], of: counts[1]), current: (counts[2], of: counts[3]))
    }
    for pair in recorded.score {
      let seen = try #require(test(pair.counts))
      #expect(seen.method == .score && isClose(seen.pValue, pair.p, within: 1e-12))
    }
    for pair in recorded.exact {
      let seen = try #require(test(pair.counts))
      #expect(seen.method == .exact && isClose(seen.pValue, pair.p, within: 1e-12))
    }
    let seen = try #require(test([12, 400, 31, 400]))
    #expect(isClose(seen.difference, 0.0475, within: 1e-12))
    #expect(seen.referenceRate == 0.03 && seen.currentRate == 0.0775)
    let reversed = try #require(test([31, 400, 12, 400]))
    #expect(reversed.pValue == seen.pValue && reversed.difference == -seen.difference)
    // Five of 10 in each cell is the least for the score.
    #expect(test([5, 10, 5, 10])?.method == .score && test([4, 10, 5, 10])?.method == .exact)
    #expect(test([0, 0, 1, 2]) == nil)
  }
}
