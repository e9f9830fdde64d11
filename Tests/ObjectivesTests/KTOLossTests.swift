import Objectives
import Testing

@Suite("Losses for unpaired judgments")
struct KTOLossTests {
  @Test("hand-worked losses: log ratios of 2, −2 and 0 at β = ½")
  func handWorked() {
    func values(_ kind: KTOLoss.Kind, _ referencePoint: Double) -> [Double] {
      KTOLoss(beta: 0.5, desirableWeight: 2, undesirableWeight: 3, kind: kind).evaluate(
        policy: [-1, -5, -4], reference: [-3, -3, -4], isDesirable: [true, true, false],
        referencePoint: referencePoint
      ).values
    }
    // 2 (1 − σ(½)), 2 (1 − σ(−1½)), 3 (1 − σ(½))
    #expect(near(values(.kto, 1), [0.75508134, 1.63514895, 1.13262201]))
    // 2 (1 − σ(1)), 2 (1 − σ(−1)), 3 σ(0)
    #expect(near(values(.apoZeroUnpaired, 0), [0.53788284, 1.46211716, 1.5]))
    // −2 log σ(½), −2 log σ(−1½), −3 log σ(½)
    #expect(near(values(.bco, 0.5), [0.94815397, 3.40282656, 1.42223095]))
  }

  private func near(_ seen: [Double], _ expected: [Double]) -> Bool {
    seen.count == expected.count && zip(seen, expected).allSatisfy { abs($0 - $1) < 1e-8 }
  }

  @Test(
    "gradient matches central differences, the reference point held",
    arguments: KTOLoss.Kind.allCases,
    [-300, -20, -1, 0, 0.5, 20, 300] as [Double])
  func gradientMatchesDifferences(kind: KTOLoss.Kind, logRatio: Double) {
    let loss = KTOLoss(beta: 0.3, desirableWeight: 1.5, undesirableWeight: 0.5, kind: kind)
    let point = kind == .apoZeroUnpaired ? 0 : 1.25
    for isDesirable in [true, false] {
      func evaluate(_ policy: Double) -> KTOOutcome {
        loss.evaluate(
          policy: [policy], reference: [-10], isDesirable: [isDesirable], referencePoint: point,
          weights: [2])
      }
      let gradient = evaluate(logRatio - 10).gradient[0]
      let difference = centralDifference(at: logRatio - 10) { evaluate($0).values[0] }
      // Where 1 − σ is nearly 1, its differences have few digits left: 1e-16 / 1e-4.
      #expect(abs(difference - gradient) < 1e-6 * abs(gradient) + 1e-11)
      #expect(isDesirable ? gradient < 0 : gradient > 0)
    }
  }

  @Test("a judgment and its opposite mirror each other around the reference point")
  func symmetry() {
    for kind in KTOLoss.Kind.allCases {
      let loss = KTOLoss(beta: 1, kind: kind)
      let point = kind == .apoZeroUnpaired ? 0 : 0.5
      let above = loss.evaluate(
        policy: [point + 2], reference: [0], isDesirable: [true], referencePoint: point)
      let below = loss.evaluate(
        policy: [point - 2], reference: [0], isDesirable: [false], referencePoint: point)
      #expect(above.values == below.values)
      #expect(above.gradient == below.gradient.map(-))
    }
  }

  @Test("log ratios of thousands of nats and weights of 0", arguments: KTOLoss.Kind.allCases)
  func extremes(kind: KTOLoss.Kind) {
    let loss = KTOLoss(beta: 1, desirableWeight: 0, kind: kind)
    let outcome = loss.evaluate(
      policy: [-1e4, 0, -1e4, 0], reference: [0, -1e4, 0, -1e4],
      isDesirable: [true, true, false, false])
    #expect(outcome.values.prefix(2) == [0, 0] && outcome.gradient.prefix(2) == [0, 0])
    #expect(outcome.values[2] == 0 && outcome.values[3] == (kind == .bco ? 1e4 : 1))
    #expect(outcome.gradient.allSatisfy { $0.isFinite })
    #expect(outcome.rewards == [-1e4, 1e4, -1e4, 1e4])
  }

  @Test("the divergence is a mean over mismatched pairs, and never negative")
  func divergence() {
    #expect(KTOLoss.klEstimate(policy: [-1, -2], reference: [-3, -2.5]) == 1.25)
    #expect(KTOLoss.klEstimate(policy: [-3], reference: [-1]) == 0)
    #expect(KTOLoss.klEstimate(policy: [], reference: []) == 0)
  }

  @Test("a reference point for a loss that has none is a programming error")
  func misplacedReferencePoint() async {
    await #expect(processExitsWith: .failure) {
      _ = KTOLoss(beta: 1, kind: .apoZeroUnpaired)
        .evaluate(policy: [0], reference: [0], isDesirable: [true], referencePoint: 1)
    }
  }
}
