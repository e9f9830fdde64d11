import Evaluations
import Foundation
import PreferenceData
import Testing

@Suite("Drift of shares")
struct DriftBinTests {
  @Test("four bins of a hand-worked example")
  func vector() throws {
    let index = try #require(
      PopulationStabilityIndex(reference: [25, 25, 25, 25], current: [40, 30, 20, 10]))
    #expect(isClose(index.value, 0.228217, within: 5e-7))
    let (reference, current) = ([0.25, 0.25, 0.25, 0.25], [0.4, 0.3, 0.2, 0.1])
    #expect(isClose(JensenShannon.divergence(reference, current), 0.027866, within: 5e-7))
    #expect(isClose(JensenShannon.distance(reference, current), 0.166930, within: 5e-7))
    #expect(isClose(HellingerDistance.distance(reference, current), 0.167900, within: 5e-7))
    #expect(isClose(TotalVariation.distance(reference, current), 0.2, within: 1e-12))
  }

  @Test("distances of shares agree with SciPy, counts of any number being shares")
  func recorded() throws {
    for recorded in try RecordedDrift.load().shares {
      let (r, c) = (recorded.reference, recorded.current)
      #expect(isClose(JensenShannon.distance(r, c), recorded.jensen_shannon, within: 1e-12))
      #expect(isClose(TotalVariation.distance(r, c), recorded.total_variation, within: 1e-12))
      #expect(isClose(HellingerDistance.distance(r, c), recorded.hellinger, within: 1e-12))
      #expect(TotalVariation.distance(r, c) == TotalVariation.distance(c, r))
      #expect(isClose(JensenShannon.distance(c, r), JensenShannon.distance(r, c), within: 1e-12))
    }
  }

  @Test("distributions that share no category are as far apart as can be, equal ones not at all")
  func extremes() {
    #expect(isClose(JensenShannon.divergence([1, 0], [0, 3]), log(2), within: 1e-12))
    #expect(TotalVariation.distance([1, 0], [0, 3]) == 1)
    #expect(isClose(HellingerDistance.distance([1, 0], [0, 3]), 1, within: 1e-12))
    #expect(JensenShannon.divergence([1, 2, 0], [2, 4, 0]) == 0)
    #expect(TotalVariation.distance([1, 2, 0], [2, 4, 0]) == 0)
    #expect(HellingerDistance.distance([1, 2, 0], [2, 4, 0]) == 0)
  }

  @Test("χ² agrees with SciPy: tails in relative terms, quantiles")
  func chiSquare() throws {
    let recorded = try RecordedDrift.load().chi_squares
    for place in recorded.tails {
      let tail = ChiSquareDistribution(degreesOfFreedom: place.degrees).upperTail(place.value)
      #expect(isClose(tail, place.tail, within: 1e-11 * place.tail), "\(place): \(tail)")
    }
    for place in recorded.quantiles {
      let value = ChiSquareDistribution(degreesOfFreedom: place.degrees)
        .quantile(place.probability)
      #expect(isClose(value, place.value, within: 1e-10 * place.value), "\(place): \(value)")
    }
    // With two degrees P(X > x) = e^(−x/2).
    let two = ChiSquareDistribution(degreesOfFreedom: 2)
    #expect(isClose(two.upperTail(3), exp(-1.5), within: 1e-15))
    #expect(two.quantile(0) == 0 && two.upperTail(0) == 1 && two.upperTail(-1) == 1)
  }

  @Test(
    "without drift, 95 % of ten bins stay below",
    arguments: [(200, 0.169), (500, 0.068), (1000, 0.034)])
  func nullQuantile(count: Int, expected: Double) throws {
    let even = [Int](repeating: count / 10, count: 10)
    let index = try #require(PopulationStabilityIndex(reference: even, current: even))
    #expect(index.value == 0 && index.pValue == 1)
    #expect(isClose(index.nullQuantile(), expected, within: 5e-4))
    #expect(index.nullQuantile(0.99) > index.nullQuantile())
  }

  @Test("200 rows in ten bins without drift exceed 0.1 in 37 % of cases, and 0.2 in 2 %")
  func cutOffs() throws {
    var random = SeededGenerator(seed: 5)
    func counts() -> [Int] {
      var counts = [Int](repeating: 0, count: 10)
      for _ in 0..<200 { counts[Int(random.uniform(below: 10))] += 1 }
      return counts
    }
    let indices = try (0..<2000).map { _ in
      try #require(PopulationStabilityIndex(reference: counts(), current: counts()))
    }
    func share(_ holds: (PopulationStabilityIndex) -> Bool) -> Double {
      Double(indices.count(where: holds)) / 2000
    }
    #expect(isClose(MeanVariance(indices.map(\.value)).mean, 0.092, within: 0.003))
    #expect(isClose(share { $0.value > 0.1 }, 0.368, within: 0.03))
    #expect(isClose(share { $0.value > 0.2 }, 0.021, within: 0.01))
    // With significance the cut-off of 0.1 no longer alarms where there is nothing.
    #expect(share { $0.severity(pValue: $0.pValue) != .none } < 0.065)
  }

  @Test("severities need both size and significance")
  func severity() throws {
    func index(_ current: [Int]) throws -> PopulationStabilityIndex {
      try #require(PopulationStabilityIndex(reference: [250, 250, 250, 250], current: current))
    }
    let moderate = try index([400, 300, 200, 100])
    #expect(moderate.severity(pValue: 0.05) == .moderate)
    #expect(moderate.severity(pValue: 0.051) == .none)
    #expect(moderate.severity(pValue: 0.051, level: 0.1) == .moderate)
    let significant = try index([500, 300, 150, 50])
    #expect(significant.value > 0.25 && significant.severity(pValue: 0.001) == .significant)
    #expect(significant.severity(pValue: 0.2) == .none)
    let small = try index([300, 270, 230, 200])
    #expect(small.pValue < 0.05 && small.severity(pValue: small.pValue) == .none)
    // The same shares in a tenth of the rows.
    let few = try #require(
      PopulationStabilityIndex(reference: [3, 2, 3, 2], current: [4, 3, 2, 1]))
    #expect(few.value > 0.1 && few.severity(pValue: few.pValue) == .none)
  }

  @Test("exchanging sides and the order of bins changes nothing")
  func symmetry() throws {
    let (one, other) = ([10, 50, 20, 0, 7], [30, 20, 25, 9, 1])
    let index = try #require(PopulationStabilityIndex(reference: one, current: other))
    let exchanged = try #require(PopulationStabilityIndex(reference: other, current: one))
    let reversed = try #require(
      PopulationStabilityIndex(reference: one.reversed(), current: other.reversed()))
    #expect(isClose(exchanged.value, index.value, within: 1e-12))
    #expect(isClose(reversed.value, index.value, within: 1e-12))
    #expect(isClose(exchanged.pValue, index.pValue, within: 1e-12))
  }

  @Test("half a row in every bin where one is empty on one side; bins empty on both do not count")
  func emptyBins() throws {
    let index = try #require(PopulationStabilityIndex(reference: [6, 0, 4], current: [5, 0, 5]))
    #expect(index.reference == [6, 4] && index.current == [5, 5])
    #expect(isClose(index.value, -0.1 * log(5.0 / 6) + 0.1 * log(5.0 / 4), within: 1e-12))
    let oneSided = try #require(PopulationStabilityIndex(reference: [7, 0], current: [4, 3]))
    // 7.5 and 0.5 of 8, 4.5 and 3.5 of 8.
    let expected = -0.375 * log(4.5 / 7.5) + 0.375 * log(3.5 / 0.5)
    #expect(isClose(oneSided.value, expected, within: 1e-12))
    #expect(PopulationStabilityIndex(reference: [0, 0], current: [1, 0]) == nil)
    let single = try #require(PopulationStabilityIndex(reference: [0, 3], current: [0, 9]))
    #expect(single.value == 0 && single.pValue == 1 && single.nullQuantile() == 0)
  }

  @Test("the exact probability of two bins is that of Fisher's test")
  func exchanged() throws {
    var random = SeededGenerator(seed: 2)
    let index = try #require(PopulationStabilityIndex(reference: [9, 11], current: [16, 4]))
    // P(first ≥ 16 or ≤ 9 of 25 in bin 1), twice the tail of a symmetric hypergeometric law.
    let fisher = try #require(TwoProportionTest(reference: (4, of: 20), current: (11, of: 20)))
    let seen = index.permutationPValue(rounds: 20_000, using: &random)
    let tail = (16...20).reduce(0.0) { $0 + hypergeometric($1) }
    #expect(fisher.method == .score)
    #expect(isClose(seen, 2 * tail, within: 0.004))
    #expect(index.permutationPValue(rounds: 9, using: &random) >= 0.1)
  }

  /// P(k of 25 among the first 20 of 40 rows).
  private func hypergeometric(_ k: Int) -> Double {
    func choices(_ n: Int, _ k: Int) -> Double {
      k < 0 || k > n ? 0 : (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    return choices(25, k) * choices(15, 20 - k) / choices(40, 20)
  }

  @Test("quantile bins hold equal parts; ties make fewer, and none of them is empty")
  func quantileBins() throws {
    let bins = try #require(QuantileBins(reference: (1...100).map(Double.init), count: 4))
    #expect(bins.edges == [26, 51, 76])
    #expect(bins.counts(of: (1...100).map(Double.init)) == [25, 25, 25, 25])
    #expect(bins.counts(of: [-1e9, 26, 50, 1e9]) == [1, 2, 0, 1])
    // Nine tenths are the minimum: an edge at it would leave nothing below.
    let many = [Double](repeating: 0, count: 90) + (1...10).map(Double.init)
    let tied = try #require(QuantileBins(reference: many))
    #expect(tied.edges == [1] && tied.counts(of: many) == [90, 10])
    #expect(QuantileBins(reference: [1, 2, 3])?.edges == [2, 3])
    #expect(QuantileBins(reference: [3, 3, 3]) == nil && QuantileBins(reference: []) == nil)
    let index = try #require(
      PopulationStabilityIndex(referenceValues: many, currentValues: many + many))
    #expect(index.value == 0 && index.reference == [90, 10] && index.current == [180, 20])
    let two = try #require(
      PopulationStabilityIndex(referenceValues: [1, 2, 3, 4], currentValues: [1], bins: 2))
    #expect(two.reference == [2, 2])
  }

  @Test("categories of either side stand side by side")
  func categories() {
    let counts = CategoryCounts(reference: ["code", "chat", "code"], current: ["maths", "code"])
    #expect(counts.labels == ["chat", "code", "maths"])
    #expect(counts.reference == [1, 2, 0] && counts.current == [0, 1, 1])
  }

  @Test("what is no share is a programming error")
  func traps() async {
    await #expect(processExitsWith: .failure) { _ = JensenShannon.divergence([0, 0], [1, 1]) }
    await #expect(processExitsWith: .failure) { _ = TotalVariation.distance([1, -1], [1, 1]) }
    await #expect(processExitsWith: .failure) { _ = HellingerDistance.distance([1], [1, 1]) }
    await #expect(processExitsWith: .failure) {
      _ = PopulationStabilityIndex(reference: [1, -1], current: [1, 1])
    }
  }
}
