import Foundation
import Testing

@testable import Oversight

@Suite("Logistic regression of sparse features")
struct SparseLogisticRegressionTests {
  private static let rows = [[0: 1.0, 2: -0.5], [1: 2.0], [0: -1.0, 1: 0.5], [:], [2: 1.5]].map(
    SparseVector.init)
  private static let labels = [1.0, 0, 0.25, 1, 0]
  private static let shares = [0.1, 0.3, 0.2, 0.25, 0.15]
  private static let equal = [Double](repeating: 0.2, count: 5)

  @Test("the gradient matches central differences")
  func gradient() {
    let point = [0.3, -0.7, 1.1, 0.2]
    func loss(_ point: [Double]) -> Double {
      SparseLogisticRegression.objective(point, Self.rows, Self.labels, Self.shares, 0.1)
        .loss
    }
    let gradient = SparseLogisticRegression.objective(
      point, Self.rows, Self.labels, Self.shares, 0.1
    ).gradient
    for index in point.indices {
      var (up, down) = (point, point)
      up[index] += 1e-5
      down[index] -= 1e-5
      #expect(abs((loss(up) - loss(down)) / 2e-5 - gradient[index]) < 1e-9)
    }
  }

  @Test(
    "at the minimum nothing is left to gain, and the mean of what is predicted is that of the labels"
  )
  func minimum() {
    let fit = SparseLogisticRegression(rows: Self.rows, labels: Self.labels, count: 3, l2: 0.05)
    let point = fit.weights + [fit.intercept]
    let gradient = SparseLogisticRegression.objective(
      point, Self.rows, Self.labels, Self.equal, 0.05
    ).gradient
    #expect(gradient.allSatisfy { abs($0) < 1e-6 })
    let predicted = Self.rows.map(fit.probability).reduce(0, +) / 5
    #expect(abs(predicted - Self.labels.reduce(0, +) / 5) < 1e-6)
  }

  @Test("a row that counts twice is a row that stands there twice")
  func counts() {
    let weighted = SparseLogisticRegression(
      rows: Self.rows, labels: Self.labels, counts: [2, 1, 1, 1, 1], count: 3, l2: 0.05)
    let repeated = SparseLogisticRegression(
      rows: [Self.rows[0]] + Self.rows, labels: [Self.labels[0]] + Self.labels, count: 3, l2: 0.05)
    let once = SparseLogisticRegression(rows: Self.rows, labels: Self.labels, count: 3, l2: 0.05)
    for index in 0..<3 {
      #expect(abs(weighted.weights[index] - repeated.weights[index]) < 1e-4)
    }
    #expect(abs(weighted.intercept - repeated.intercept) < 1e-4)
    #expect(abs(weighted.intercept - once.intercept) > 0.01)
  }

  @Test("one feature that is always there: the log odds of the share")
  func share() {
    let rows = (0..<8).map { _ in SparseVector([:]) }
    let fit = SparseLogisticRegression(
      rows: rows, labels: [1, 1, 1, 1, 1, 1, 0, 0], count: 1, l2: 1)
    #expect(abs(fit.intercept - log(3)) < 1e-5 && fit.weights == [0])
  }

  @Test("texts that differ in words are told apart, also in spellings that were not seen")
  func texts() {
    let hashed = HashedText(buckets: 1 << 14)
    let harmful = ["how to poison a dog", "poison for rats and people", "to poison the well"]
    let fine = ["how to feed a dog", "food for rats and people", "to dig the well"]
    let fit = SparseLogisticRegression(
      rows: (harmful + fine).map(hashed.vector), labels: [1, 1, 1, 0, 0, 0], count: 1 << 14)
    for text in ["some p0ison", "POISON!", "p o i s o n", "poisonous"] {
      #expect(fit.probability(of: hashed.vector(of: text)) > 0.6, "\(text)")
    }
    #expect(fit.probability(of: hashed.vector(of: "feed the rats")) < 0.4)
    let vector = hashed.vector(of: "poison poison the well")
    #expect(abs(vector.values.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
    #expect(hashed.vector(of: "?!").places.isEmpty)
  }
}
