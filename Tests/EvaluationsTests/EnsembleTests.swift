import Evaluations
import Testing

@Suite("Ensembles")
struct EnsembleTests {
  private let scores = [1.2, 0.8, 1.0, -0.4, 0.9]

  @Test("five members, one completion")
  func vector() throws {
    let ensemble = EnsembleScores(members: scores.map { [$0] })
    #expect(isClose(ensemble.combined(.mean)[0], 0.7, within: 1e-6))
    #expect(isClose(ensemble.combined(.minimum)[0], -0.4, within: 1e-6))
    #expect(isClose(ensemble.combined(.median)[0], 0.9, within: 1e-6))
    #expect(isClose(ensemble.combined(.varianceDiscounted(lambda: 0.5))[0], 0.54, within: 1e-6))
    #expect(isClose(ensemble.combined(.deviationDiscounted)[0], 0.134315, within: 1e-6))
    let sample = try #require(ensemble.variances(.sample))[0]
    #expect(isClose(0.7 - 0.5 * sample, 0.5, within: 1e-6))
    #expect(isClose(try #require(ensemble.variances())[0], 0.32, within: 1e-6))
  }

  @Test("the minimum is at most every other, and a single member is all of them")
  func laws() {
    let least = EnsembleAggregation.minimum.combine(scores)
    for aggregation in [EnsembleAggregation.mean, .median, .varianceDiscounted(lambda: 0.5)] {
      #expect(least <= aggregation.combine(scores))
      #expect(aggregation.combine([3]) == 3)
    }
    #expect(EnsembleScores(members: [[1, 2]]).variances(.sample) == nil)
    #expect(EnsembleScores(members: [[1, 2]]).variances() == [0, 0])
  }

  @Test("normalized members are compared whatever their scale")
  func normalization() throws {
    let reference = [[0.0, 1, 2, 3], [100, 300, 500, 700]]
    let normalizations = try reference.map { try #require(ScoreNormalization(reference: $0)) }
    let ensemble = EnsembleScores(members: [[1, 3], [300, 700]]).normalized(by: normalizations)
    expectClose(ensemble.members[0], ensemble.members[1], within: 1e-12)
    expectClose(try #require(ensemble.variances()), [0, 0], within: 1e-12)
    // Mean 1.5, population deviation √1.25.
    #expect(isClose(ensemble.members[0][1], 1.5 / 1.25.squareRoot(), within: 1e-12))
    let standardized = MeanVariance(normalizations[1].normalize(reference[1]))
    #expect(isClose(standardized.mean, 0, within: 1e-12))
    #expect(isClose(standardized.deviation(.population), 1, within: 1e-12))
  }

  @Test("scores that do not vary cannot be normalized")
  func flat() {
    #expect(ScoreNormalization(reference: [0.1, 0.1, 0.1]) == nil)
    #expect(ScoreNormalization(reference: [1]) == nil)
    #expect(ScoreNormalization(reference: []) == nil)
  }
}
