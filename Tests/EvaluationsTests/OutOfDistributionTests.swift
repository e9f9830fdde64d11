import Evaluations
import Foundation
import Testing

@Suite("Out of distribution")
struct OutOfDistributionTests {
  @Test("distances and shrinkage agree with scikit-learn")
  func recorded() throws {
    let recorded = try RecordedStatistics.load().distances
    let shrunk = try MahalanobisDistance(reference: recorded.vectors)
    #expect(isClose(shrunk.shrinkage, recorded.shrinkage, within: 1e-12))
    expectClose(recorded.queries.map(shrunk.distance), recorded.shrunk, within: 1e-9)
    let plain = try MahalanobisDistance(reference: recorded.vectors, shrinkage: .fixed(0))
    expectClose(recorded.queries.map(plain.distance), recorded.plain, within: 1e-8)
    let fixed = try MahalanobisDistance(reference: recorded.vectors, shrinkage: .fixed(0.3))
    expectClose(recorded.queries.map(fixed.distance), recorded.fixed, within: 1e-9)
    let few = try MahalanobisDistance(reference: Array(recorded.vectors.prefix(4)))
    #expect(isClose(few.shrinkage, recorded.few_shrinkage, within: 1e-12))
    expectClose(recorded.queries.map(few.distance), recorded.few, within: 1e-9)
  }

  @Test("squared distances of the reference itself have mean d, and the mean has distance 0")
  func laws() throws {
    let vectors = try RecordedStatistics.load().distances.vectors
    let plain = try MahalanobisDistance(reference: vectors, shrinkage: .fixed(0))
    let squares = vectors.map { plain.distance(of: $0) * plain.distance(of: $0) }
    #expect(isClose(MeanVariance(squares).mean, 6, within: 1e-9))
    #expect(plain.distance(of: plain.mean) == 0)
    // Another unit for every coordinate changes no distance.
    let scaled = try MahalanobisDistance(
      reference: vectors.map { $0.map { 1000 * $0 } }, shrinkage: .fixed(0))
    #expect(
      isClose(
        scaled.distance(of: vectors[0].map { 1000 * $0 }), plain.distance(of: vectors[0]),
        within: 1e-9))
  }

  @Test("fewer vectors than dimensions need shrinkage, and are told so")
  func singular() throws {
    let vectors = try Array(RecordedStatistics.load().distances.vectors.prefix(4))
    let error = EvaluationError.singularCovariance(vectors: 4, dimension: 6)
    #expect(throws: error) {
      try MahalanobisDistance(reference: vectors, shrinkage: .fixed(0))
    }
    #expect(
      error.description
        == "The covariance of 4 vectors of dimension 6 cannot be inverted; "
        + "give more vectors than dimensions, or use a shrinkage above 0.")
  }

  @Test("a fitted distance survives being saved")
  func saved() throws {
    let recorded = try RecordedStatistics.load().distances
    let distance = try MahalanobisDistance(reference: recorded.vectors)
    let data = try JSONEncoder().encode(distance)
    let read = try JSONDecoder().decode(MahalanobisDistance.self, from: data)
    #expect(read.distance(of: recorded.queries[0]) == distance.distance(of: recorded.queries[0]))
  }

  @Test("the area under the curve agrees with scikit-learn, its error with the definition")
  func area() throws {
    let recorded = try RecordedStatistics.load().curve
    let area = try #require(
      AreaUnderROC(positives: recorded.positives, negatives: recorded.negatives))
    #expect(isClose(area.value, recorded.area, within: 1e-12))
    #expect(isClose(area.standardError, recorded.standard_error, within: 1e-12))
    let reversed = try #require(
      AreaUnderROC(positives: recorded.negatives, negatives: recorded.positives))
    #expect(isClose(reversed.value, 1 - recorded.area, within: 1e-12))
    #expect(try #require(area.interval()).contains(recorded.area))
  }

  @Test("separated scores have area 1 and no normal interval; a side without scores has none")
  func degenerate() throws {
    let separated = try #require(AreaUnderROC(positives: [3, 4], negatives: [1, 2]))
    #expect(separated.value == 1)
    #expect(separated.interval() == nil)
    #expect(AreaUnderROC(positives: [], negatives: [1]) == nil)
    #expect(AreaUnderROC(positives: [1], negatives: [1])?.value == 0.5)
    #expect(AreaUnderROC(positives: [1], negatives: [1])?.standardError == nil)
  }
}
