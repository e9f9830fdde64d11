import Evaluations
import Testing

@Suite("Precision and recall")
struct PrecisionRecallCurveTests {
  @Test("four rows, as scikit-learn's documentation has them: 0.833333")
  func documented() throws {
    let curve = PrecisionRecallCurve(
      scores: [0.1, 0.4, 0.35, 0.8], labels: [false, false, true, true])
    #expect(abs(try #require(curve.averagePrecision) - 0.833333) < 1e-6)
    #expect(curve.points.map(\.threshold) == [0.8, 0.4, 0.35, 0.1])
    #expect(curve.points.map(\.precision) == [1, 0.5, 2.0 / 3, 0.5])
    #expect(curve.points.map { curve.recall(at: $0) } == [0.5, 0.5, 1, 1])
  }

  @Test("rows of one score are found together")
  func ties() throws {
    let curve = PrecisionRecallCurve(
      scores: [1, 1, 1, 1], labels: [true, false, false, false])
    #expect(curve.points.count == 1 && curve.averagePrecision == 0.25)
    #expect(curve.point(falsePositiveRate: 0.5) == nil)
    #expect(curve.point(falsePositiveRate: 1)?.threshold == 1)
  }

  @Test("the threshold for a false-positive rate is the lowest that keeps it")
  func threshold() {
    let scores = (0..<100).map(Double.init)
    let curve = PrecisionRecallCurve(scores: scores, labels: scores.map { $0 >= 90 })
    #expect(curve.point(falsePositiveRate: 0)?.threshold == 90)
    // 4.5 of 90 are four.
    #expect(curve.point(falsePositiveRate: 0.05)?.threshold == 86)
    #expect(abs((curve.averagePrecision ?? 0) - 1) < 1e-12)
    #expect(PrecisionRecallCurve(scores: [1], labels: [true]).point(falsePositiveRate: 0.1) == nil)
    #expect(PrecisionRecallCurve(scores: [1], labels: [false]).averagePrecision == nil)
  }
}
