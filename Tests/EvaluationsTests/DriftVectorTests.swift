import Evaluations
import Foundation
import PreferenceData
import Testing

@Suite("Drift of vectors")
struct DriftVectorTests {
  @Test("MMD² by all pairs, the Fréchet distance by SciPy, the area by scikit-learn")
  func recorded() throws {
    for recorded in try RecordedDrift.load().vectors {
      let (r, c) = (recorded.reference, recorded.current)
      let discrepancy = try #require(MaximumMeanDiscrepancy(reference: r, current: c))
      #expect(isClose(discrepancy.gamma, recorded.gamma, within: 1e-12))
      #expect(isClose(discrepancy.value, recorded.mmd, within: 1e-12))
      let distance = try #require(FrechetDistance(reference: r, current: c))
      #expect(isClose(distance.value, recorded.frechet, within: 1e-6))
      let classifier = try #require(try DomainClassifier(reference: r, current: c))
      #expect(isClose(classifier.area, recorded.area, within: 1e-12))
      expectClose(classifier.coefficients, recorded.coefficients, within: 1e-7)
    }
  }

  @Test("two normal distributions of a worked example")
  func frechet() {
    let one = GaussianMoments(mean: [0, 0], covariance: [[1, 0.2], [0.2, 1]])
    let other = GaussianMoments(mean: [0.5, -0.2], covariance: [[1.5, 0], [0, 0.8]])
    #expect(isClose(FrechetDistance.between(one, other), 0.372595, within: 5e-7))
    #expect(isClose(FrechetDistance.between(other, one), 0.372595, within: 5e-7))
    #expect(isClose(FrechetDistance.between(one, one), 0, within: 1e-12))
    // On a line it is the squared difference of means and of deviations.
    let narrow = GaussianMoments(mean: [1], covariance: [[4]])
    let wide = GaussianMoments(mean: [-2], covariance: [[25]])
    #expect(isClose(FrechetDistance.between(narrow, wide), 9 + 9, within: 1e-12))
    // Of a single point the distance is to all of the other.
    let point = GaussianMoments(mean: [0, 0], covariance: [[0, 0], [0, 0]])
    #expect(isClose(FrechetDistance.between(point, one), 2, within: 1e-12))
  }

  @Test("moments of a sample are by n − 1, and survive being saved")
  func moments() throws {
    let moments = try #require(GaussianMoments([[1, 2], [3, 6], [5, 4]]))
    #expect(moments == GaussianMoments(mean: [3, 4], covariance: [[4, 2], [2, 4]]))
    let data = try JSONEncoder().encode(moments)
    #expect(try JSONDecoder().decode(GaussianMoments.self, from: data) == moments)
    #expect(GaussianMoments([[1, 2]]) == nil)
  }

  /// Vectors turned in the plane of their first two entries.
  private func turned(_ rows: [[Double]]) -> [[Double]] {
    rows.map { [0.6 * $0[0] - 0.8 * $0[1] + 5, 0.8 * $0[0] + 0.6 * $0[1] - 2] + $0.dropFirst(2) }
  }

  @Test("turning and moving the space changes no distance, scaling it only Fréchet's")
  func invariance() throws {
    let recorded = try RecordedDrift.load().vectors[0]
    let (r, c) = (recorded.reference, recorded.current)
    let discrepancy = try #require(MaximumMeanDiscrepancy(reference: turned(r), current: turned(c)))
    #expect(isClose(discrepancy.value, recorded.mmd, within: 1e-12))
    let distance = try #require(FrechetDistance(reference: turned(r), current: turned(c)))
    #expect(isClose(distance.value, recorded.frechet, within: 1e-6))
    let (tenR, tenC) = (r.map { $0.map { 10 * $0 } }, c.map { $0.map { 10 * $0 } })
    let scaled = try #require(MaximumMeanDiscrepancy(reference: tenR, current: tenC))
    #expect(isClose(scaled.value, recorded.mmd, within: 1e-12))
    let longer = try #require(FrechetDistance(reference: tenR, current: tenC))
    #expect(isClose(longer.value, 100 * recorded.frechet, within: 1e-4))
    let classifier = try #require(try DomainClassifier(reference: tenR, current: tenC))
    #expect(isClose(classifier.area, recorded.area, within: 1e-12))
  }

  @Test("a given γ takes the place of the median's; vectors that are all equal have none")
  func gamma() throws {
    let (one, other) = ([[0.0], [1.0]], [[0.0], [3.0]])
    let given = try #require(MaximumMeanDiscrepancy(reference: one, current: other, gamma: 0.5))
    func k(_ gap: Double) -> Double { exp(-0.5 * gap * gap) }
    let expected = k(1) + k(3) - 2 * (k(0) + k(3) + k(1) + k(2)) / 4
    #expect(given.gamma == 0.5 && isClose(given.value, expected, within: 1e-12))
    // Distances 1, 3, 1, 3, 2 without the 0 between equal vectors: the median is 2.
    #expect(MaximumMeanDiscrepancy(reference: one, current: other)?.gamma == 0.25)
    let same = [[1.0], [1.0]]
    #expect(MaximumMeanDiscrepancy(reference: same, current: same) == nil)
    #expect(MaximumMeanDiscrepancy(reference: same, current: same, gamma: 1)?.value == 0)
    #expect(MaximumMeanDiscrepancy(reference: [[1]], current: same) == nil)
  }

  @Test("by exchange, MMD² without its kernel and the Fréchet distance have the same probability")
  func exchange() throws {
    // Two and two far apart: of the six choices of a reference two are as far.
    let (near, far) = ([[0.0, 0], [0.1, 0.3]], [[9.0, 9], [9.4, 9.1]])
    var random = SeededGenerator(seed: 6)
    let discrepancy = try #require(MaximumMeanDiscrepancy(reference: near, current: far))
    #expect(
      isClose(discrepancy.pValue(rounds: 20_000, using: &random), 1.0 / 3, within: 0.012))
    let distance = try #require(FrechetDistance(reference: near, current: far))
    #expect(isClose(distance.pValue(rounds: 5000, using: &random), 1.0 / 3, within: 0.025))
  }

  @Test("a classifier without a feature that differs has an area near ½, else it names the feature")
  func classifier() throws {
    var random = SeededGenerator(seed: 8)
    func rows(_ shift: Double) -> [[Double]] {
      (0..<100).map { _ in
        [SimulatedRun.normal(&random), SimulatedRun.normal(&random) + shift, 4]
      }
    }
    let reference = rows(0)
    let same = try #require(try DomainClassifier(reference: reference, current: rows(0)))
    #expect(isClose(same.area, 0.5, within: 0.1))
    let moved = try #require(try DomainClassifier(reference: reference, current: rows(1)))
    // Φ(1/√2) = 0.760.
    #expect(isClose(moved.area, 0.76, within: 0.07))
    #expect(moved.coefficients[1] > 3 * abs(moved.coefficients[0]))
    // A constant tells nothing apart, and breaks nothing.
    #expect(moved.coefficients[2] == 0)
    #expect(try moved.pValue(rounds: 19, using: &random) == 0.05)
    #expect(try same.pValue(rounds: 19, using: &random) > 0.05)
  }

  @Test("rows that are told apart without an error have a fit; l2 and folds count")
  func separable() throws {
    let (low, high) = ((0..<10).map { [Double($0)] }, (20..<30).map { [Double($0)] })
    let apart = try #require(try DomainClassifier(reference: low, current: high))
    #expect(apart.area == 1)
    let flatter = try #require(try DomainClassifier(reference: low, current: high, l2: 10))
    #expect(flatter.coefficients[0] < apart.coefficients[0])
    #expect(try DomainClassifier(reference: low, current: high, folds: 11) == nil)
    let recorded = try RecordedDrift.load().vectors[0]
    let three = try #require(
      try DomainClassifier(reference: recorded.reference, current: recorded.current, folds: 3))
    #expect(three.area != recorded.area)
  }

  @Test("vectors of different dimension are a programming error")
  func traps() async {
    await #expect(processExitsWith: .failure) {
      _ = FrechetDistance(reference: [[1], [2]], current: [[1, 2], [3, 4]])
    }
    await #expect(processExitsWith: .failure) {
      _ = MaximumMeanDiscrepancy(reference: [[1], [.nan]], current: [[1], [2]])
    }
    await #expect(processExitsWith: .failure) {
      _ = GaussianMoments(mean: [0, 0], covariance: [[1, 0.5], [0, 1]])
    }
  }
}
