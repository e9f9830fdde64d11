import Evaluations
import Testing

@Suite("Distributions")
struct DistributionTests {
  @Test("type 7 quantiles agree with NumPy")
  func quantiles() throws {
    let recorded = try RecordedStatistics.load().columns
    let sample = SortedSample(recorded.x)
    for (probability, expected) in zip(recorded.probabilities, recorded.quantiles) {
      #expect(isClose(sample.quantile(probability), expected, within: 1e-12))
    }
    #expect(SortedSample([3, 1, 2]).median == 2)
    #expect(SortedSample([3, 1, 2, 4]).median == 2.5)
    #expect(SortedSample([]).median == nil)
  }

  @Test("variances agree with NumPy, and streams add up to the whole")
  func variances() throws {
    let recorded = try RecordedStatistics.load().columns
    let whole = MeanVariance(recorded.x)
    #expect(isClose(whole.variance(.sample), recorded.sample_variance, within: 1e-12))
    #expect(isClose(whole.variance(.population), recorded.population_variance, within: 1e-12))
    for cut in [0, 1, 17, 60] {
      var parts = MeanVariance(Array(recorded.x.prefix(cut)))
      parts.add(MeanVariance(Array(recorded.x.dropFirst(cut))))
      #expect(parts.count == whole.count)
      #expect(isClose(parts.mean, try #require(whole.mean), within: 1e-12))
      #expect(isClose(parts.variance(.sample), recorded.sample_variance, within: 1e-12))
    }
  }

  @Test("a great offset does not drown the variance")
  func offset() {
    // Σx² − n·mean² would round to nothing here.
    #expect(isClose(MeanVariance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).variance(.sample), 30))
  }

  @Test("what is undefined is nil")
  func undefined() {
    #expect(MeanVariance().mean == nil)
    #expect(MeanVariance().variance(.population) == nil)
    #expect(MeanVariance([1]).variance(.sample) == nil)
    #expect(MeanVariance([1]).variance(.population) == 0)
    #expect(MarginSummary(margins: []) == nil)
    #expect(Histogram([], bins: 3) == nil)
  }

  @Test("a histogram counts every number once, the greatest in the last bin")
  func histogram() throws {
    let histogram = try #require(Histogram([0, 1, 2, 3, 4, 4], bins: 4))
    #expect(histogram.edges == [0, 1, 2, 3, 4])
    #expect(histogram.counts == [1, 1, 1, 3])
    let flat = try #require(Histogram([2, 2], bins: 2))
    #expect(flat.edges == [1.5, 2, 2.5])
    #expect(flat.counts == [0, 2])
  }

  @Test("margins of a hand-worked example")
  func margins() throws {
    let summary = try #require(MarginSummary(margins: [0.05, -0.05, 1, 2, -1, 0.1], bins: 3))
    #expect(isClose(summary.mean, 0.35))
    // 0.05 and −0.05; 0.1 itself is not below 0.1.
    #expect(isClose(summary.shareNearZero, 2.0 / 6))
    #expect(summary.quantiles.first == -1)
    #expect(isClose(summary.quantiles[3], 0.075))
    #expect(summary.quantiles.last == 2)
    #expect(summary.histogram.counts == [2, 2, 2])
  }

  @Test("NaN is a programming error, not a statistic")
  func finite() async {
    await #expect(processExitsWith: .failure) { _ = MeanVariance([1, .nan]) }
    await #expect(processExitsWith: .failure) { _ = SortedSample([.infinity]) }
    await #expect(processExitsWith: .failure) { _ = PairwiseAccuracy(margins: [.nan]) }
  }
}
