import Evaluations
import Foundation
import PreferenceData

/// A run of evaluations whose truth is known: the proxy rises from 0 to 2, gold does what it is
/// told, and both have normal noise.
struct SimulatedRun {
  private(set) var proxy: [Double] = []
  private(set) var gold: [Double] = []

  /// Draws a run.
  ///
  /// - Parameters:
  ///   - evaluations: How many.
  ///   - noise: The deviation of gold's noise; the proxy's is 0.05.
  ///   - random: Where noise comes from.
  ///   - truth: Gold at a time from 0 to 1.
  init(
    evaluations: Int, noise: Double, using random: inout SeededGenerator,
    gold truth: (Double) -> Double
  ) {
    for row in 0..<evaluations {
      let time = Double(row) / Double(evaluations - 1)
      gold.append(truth(time) + noise * Self.normal(&random))
      proxy.append(2 * time + 0.05 * Self.normal(&random))
    }
  }

  /// Box and Muller's transform.
  static func normal(_ random: inout SeededGenerator) -> Double {
    let radius = (-2 * log((Double(random.next() >> 11) + 0.5) * 0x1p-53)).squareRoot()
    return radius * cos(2 * Double.pi * Double(random.next() >> 11) * 0x1p-53)
  }

  /// Whether a monitor that sees one evaluation after another warns at any time.
  func raisesAlarm() -> Bool {
    var monitor = HackingMonitor()
    return zip(proxy, gold).enumerated().contains { row, scores in
      !monitor.add(HackingObservation(step: row, proxy: scores.0, gold: scores.1)).isEmpty
    }
  }

  /// The verdict once it has ended.
  var verdict: OveroptimizationVerdict? {
    OveroptimizationAnalysis(proxy: proxy, gold: gold)?.verdict
  }
}

/// The share of simulated runs of which something holds.
func share(
  of runs: Int, evaluations: Int = 20, noise: Double = 0.1, gold: (Double) -> Double,
  where holds: (SimulatedRun) -> Bool
) -> Double {
  var random = SeededGenerator(seed: 7)
  let count = (0..<runs).count { _ in
    holds(SimulatedRun(evaluations: evaluations, noise: noise, using: &random, gold: gold))
  }
  return Double(count) / Double(runs)
}
