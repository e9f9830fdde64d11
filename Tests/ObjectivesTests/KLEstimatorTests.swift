import Foundation
import Objectives
import Testing

@Suite("Estimators of the KL divergence")
struct KLEstimatorTests {
  /// A policy over three tokens by its logits, and a reference.
  private let logits = [0.3, -1.1, 0.6]
  private let reference = [0.2, 0.5, 0.3].map { log($0) }

  @Test("values by hand, at ratios of 2 and 1/2")
  func values() {
    // d = log π_ref − log π = log 2.
    let policy = -1.0 - log(2)
    #expect(agree(KLEstimator.k1.value(policy: policy, reference: -1), -log(2)))
    #expect(agree(KLEstimator.k2.value(policy: policy, reference: -1), log(2) * log(2) / 2))
    #expect(agree(KLEstimator.k3.value(policy: policy, reference: -1), 1 - log(2)))
    // d = −log 2.
    #expect(
      agree(KLEstimator.k3.values(policy: [-1], reference: [-1 - log(2)]), [log(2) - 0.5]))
    #expect(agree(KLEstimator.k3.gradient(policy: [-1], reference: [-1 - log(2)]), [0.5]))
    #expect(agree(KLEstimator.k2.gradient(policy: [-1], reference: [-1 - log(2)]), [log(2)]))
  }

  @Test("k1 and k3 average to the divergence itself")
  func unbiased() {
    let policy = logProbabilities(logits)
    for estimator in [KLEstimator.k1, .k3] {
      let average = zip(policy, estimator.values(policy: policy, reference: reference))
        .reduce(0) { $0 + exp($1.0) * $1.1 }
      #expect(agree(average, divergence(from: policy, to: reference)), "\(estimator)")
    }
  }

  @Test("the gradient of k2 averages to that of KL(π‖π_ref), that of k3 to that of KL(π_ref‖π)")
  func gradients() {
    let policy = logProbabilities(logits)
    for index in logits.indices {
      let forward = centralDifference(at: logits[index]) {
        divergence(from: logProbabilities(logits.replacing(index, with: $0)), to: reference)
      }
      let backward = centralDifference(at: logits[index]) {
        divergence(from: reference, to: logProbabilities(logits.replacing(index, with: $0)))
      }
      for (estimator, expected) in [(KLEstimator.k2, forward), (.k3, backward)] {
        let slopes = estimator.gradient(policy: policy, reference: reference)
        // ∂ log π_v / ∂ z_i = [v = i] − π_i.
        let average = slopes.indices.reduce(0) { sum, token in
          sum + exp(policy[token]) * slopes[token]
            * ((token == index ? 1 : 0) - exp(policy[index]))
        }
        #expect(relativeError(average, expected) < 1e-6, "\(estimator)")
      }
    }
  }

  @Test("derivatives match central differences", arguments: [-3, -0.5, -0.005, 0.002, 0.4, 2.5])
  func centralDifferences(difference: Double) {
    for estimator in [KLEstimator.k2, .k3] {
      let expected = centralDifference(at: -1) {
        estimator.value(policy: $0, reference: -1 + difference)
      }
      let slope = estimator.gradient(policy: [-1], reference: [-1 + difference])[0]
      #expect(abs(slope - expected) < 1e-7 * max(1, abs(expected)), "\(estimator)")
    }
  }

  @Test("k3 is never negative, and as k2 for small differences")
  func remainder() {
    for exponent in stride(from: -300.0, through: 2, by: 0.37) {
      for difference in [pow(10, exponent), -pow(10, exponent)] {
        let value = KLEstimator.k3.value(policy: 0, reference: difference)
        #expect(value >= 0)
        if abs(difference) < 1e-7 {
          #expect(
            relativeError(value, KLEstimator.k2.value(policy: 0, reference: difference)) < 1e-7)
        }
      }
    }
    // On both sides of where the series takes over: eˣ − 1 − x at 0.01, from its series by hand.
    for x in [0.00999999, 0.01000001] {
      let series = [2.0, 6, 24, 120, 720].enumerated()
        .reduce(0) { $0 + pow(x, Double($1.offset + 2)) / $1.element }
      #expect(relativeError(KLEstimator.k3.value(policy: 0, reference: x), series) < 1e-12)
    }
  }

  @Test("k1 is refused as a loss, with the reason")
  func refused() async throws {
    let violation = try #require(KLEstimator.k1.violationAsLoss)
    #expect(violation.contains("its gradient is 0 in expectation"))
    #expect(violation.contains("take k2 or k3 in the loss"))
    #expect(KLEstimator.k2.violationAsLoss == nil)
    #expect(KLEstimator.k3.violationAsLoss == nil)
    await #expect(processExitsWith: .failure) {
      _ = KLEstimator.k1.gradient(policy: [0], reference: [0])
    }
    await #expect(processExitsWith: .failure) { _ = GRPOLoss(.grpo, beta: 0.1, estimator: .k1) }
  }

  private func logProbabilities(_ logits: [Double]) -> [Double] {
    let normalizer = logSumExp(logits)
    return logits.map { $0 - normalizer }
  }

  private func divergence(from first: [Double], to second: [Double]) -> Double {
    zip(first, second).reduce(0) { $0 + exp($1.0) * ($1.0 - $1.1) }
  }
}
