import Evaluations
import Foundation
import PreferenceData

/// Detectors on simulated samples: how often they see a drift, where there is one or not.
enum DriftSimulation: String, CaseIterable, Sendable {
  case stabilityOfBins, stabilityByExchange, smirnov, smirnovOfRatings, smirnovLimit, wasserstein
  case discrepancy, classifier, frechet, rates, rareRates

  static let isAsked = ProcessInfo.processInfo.environment["ATTUNE_SLOW"] == "1"

  /// The share of simulations with p ≤ 0.05, where the current sample is moved by so many
  /// deviations; 0 for no drift.
  func alarms(runs: Int, shift: Double, seed: UInt64 = 14) throws -> Double {
    var random = SeededGenerator(seed: seed, purpose: rawValue)
    var alarms = 0
    for _ in 0..<runs where try pValue(shift: shift, using: &random) ?? .nan <= 0.05 { alarms += 1 }
    return Double(alarms) / Double(runs)
  }

  private func pValue(shift: Double, using random: inout SeededGenerator) throws -> Double? {
    func numbers(_ count: Int, _ shift: Double = 0) -> [Double] {
      (0..<count).map { _ in SimulatedRun.normal(&random) + shift }
    }
    func vectors(_ count: Int, _ dimension: Int, _ shift: Double = 0) -> [[Double]] {
      (0..<count).map { _ in numbers(dimension, shift) }
    }
    func successes(_ rate: Double) -> (Int, of: Int) {
      ((0..<100).count { _ in random.unit() < rate }, of: 100)
    }
    func ratings(_ numbers: [Double]) -> [Double] {
      numbers.map { min(5, max(1, ($0 + 3).rounded())) }
    }
    switch self {
    case .stabilityOfBins:
      return PopulationStabilityIndex(
        referenceValues: numbers(300), currentValues: numbers(300, shift))?.pValue
    case .stabilityByExchange:
      return PopulationStabilityIndex(
        referenceValues: numbers(60), currentValues: numbers(40, shift), bins: 5)?
        .permutationPValue(rounds: 99, using: &random)
    case .smirnov:
      return KolmogorovSmirnov(reference: numbers(50), current: numbers(40, shift))?.pValue
    case .smirnovOfRatings:
      return KolmogorovSmirnov(
        reference: ratings(numbers(50)), current: ratings(numbers(40, shift)))?.pValue
    case .smirnovLimit:
      return KolmogorovSmirnov(reference: numbers(1010), current: numbers(1000, shift))?.pValue
    case .wasserstein:
      return WassersteinDistance(reference: numbers(40), current: numbers(30, shift))?
        .pValue(rounds: 99, using: &random)
    case .discrepancy:
      return MaximumMeanDiscrepancy(reference: vectors(20, 2), current: vectors(20, 2, shift))?
        .pValue(rounds: 99, using: &random)
    case .classifier:
      // With 19 rounds the least p is 0.05 itself: a test of exactly this level.
      return try DomainClassifier(reference: vectors(20, 2), current: vectors(20, 2, shift))?
        .pValue(rounds: 19, using: &random)
    case .frechet:
      return FrechetDistance(reference: vectors(20, 3), current: vectors(25, 3, shift))?
        .pValue(rounds: 99, using: &random)
    case .rates:
      return TwoProportionTest(
        reference: successes(0.2), current: successes(0.2 + 0.25 * shift))?.pValue
    case .rareRates:
      return TwoProportionTest(
        reference: successes(0.02), current: successes(0.02 + 0.15 * shift))?.pValue
    }
  }
}
