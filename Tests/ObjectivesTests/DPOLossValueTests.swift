import Objectives
import Testing

@Suite("DPO family: values by hand")
struct DPOLossValueTests {
  // h_w = −10 − −12 = 2 and h_l = −9 − −8 = −1, so h_w − h_l = 3; with β = 0.5, z = 1.5, r_w = 1 and
  // r_l = −0.5. The chosen side has 4 tokens, the rejected one 2.
  let policy = pairs([-10], [-9])
  let reference = pairs([-12], [-8])

  private func expect(
    _ variant: DPOVariant, margin: Double? = nil, value: Double, chosen: Double, rejected: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let outcome = DPOLoss(beta: 0.5, variant: variant)
      .evaluate(batch(policy, reference, margins: margin.map { [$0] }))
    #expect(abs(outcome.values[0] - value) < 1e-6, sourceLocation: sourceLocation)
    #expect(abs(outcome.gradient.chosen[0] - chosen) < 1e-6, sourceLocation: sourceLocation)
    #expect(abs(outcome.gradient.rejected[0] - rejected) < 1e-6, sourceLocation: sourceLocation)
    #expect(outcome.likelihoodGradient == nil, sourceLocation: sourceLocation)
  }

  @Test("logistic losses of the margin")
  func logistic() {
    // −log σ(1.5) = log(1 + e^−1.5) = log 1.223130; 0.5 × σ(−1.5) = 0.5 × 0.182426
    expect(.sigmoid(), value: 0.201413, chosen: -0.091213, rejected: 0.091213)
    // 0.9 × 0.201413 + 0.1 × 1.701413; 0.5 × (−0.9 × 0.182426 + 0.1 × 0.817574)
    expect(
      .sigmoid(labelSmoothing: 0.1), value: 0.351413, chosen: -0.041213, rejected: 0.041213)
    // (0.9 × 0.201413 − 0.1 × 1.701413) / 0.8; 0.5 × −(0.9 × 0.182426 + 0.1 × 0.817574) / 0.8
    expect(.robust(labelSmoothing: 0.1), value: 0.013913, chosen: -0.153713, rejected: 0.153713)
    // z = 0.5 × (2/4 − −1/2) = 0.5: −log σ(0.5), 0.5 × σ(−0.5) / 4 and / 2 tokens
    expect(.sigmoidNorm(), value: 0.474077, chosen: -0.047193, rejected: 0.094385)
    // 0.817574 × (−0.201413 − log 0.9) + 0.182426 × (−1.701413 − log 0.1);
    // 0.5 × 0.149147 × (1.5 − log 9)
    expect(.exoPair(labelSmoothing: 0.1), value: 0.031139, chosen: -0.051994, rejected: 0.051994)
    // μ = σ(3) = 0.952574: 0.047426 × 0.201413 + 0.952574 × 0.223130; −0.219238 × 0.5
    expect(.discopop(temperature: 0.5), value: 0.222100, chosen: -0.109619, rejected: 0.109619)
  }

  @Test("losses with a target")
  func targets() {
    // h_w − 1 = 1 and h_l + 1 = 0
    expect(.sppoHard, value: 1, chosen: 2, rejected: 0)
    // (2/4 − −1/2 − 1)² = 0; with β = 0.25 below
    expect(.ipo(), value: 0, chosen: 0, rejected: 0)
    expect(.hinge(), value: 0, chosen: 0, rejected: 0)
    let ipo = DPOLoss(beta: 0.25, variant: .ipo()).evaluate(batch(policy, reference))
    #expect(ipo.values == [1])  // (1 − 2)²
    // 2 × (−1) / 4 tokens, and −2 × (−1) / 2 tokens
    #expect(ipo.gradient == PairGradient(chosen: [-0.5], rejected: [1]))
    let hinge = DPOLoss(beta: 0.25, variant: .hinge()).evaluate(batch(policy, reference))
    #expect(hinge.values == [0.25])  // 1 − 0.25 × 3
    #expect(hinge.gradient == PairGradient(chosen: [-0.25], rejected: [0.25]))
  }

  @Test("losses of each side by itself")
  func anchored() {
    // 0.313262 + ½ × 1.313262 + ½ × 0.474077; 0.5 × (½ × 0.731059 − 0.268941); 0.25 × 0.377541
    expect(.ncaPair, value: 1.206931, chosen: 0.048294, rejected: 0.094385)
    // 0.313262 + 0.474077; −0.5 × 0.268941; 0.5 × 0.377541
    expect(.bcoPair, value: 0.787339, chosen: -0.134471, rejected: 0.188770)
    // σ(−1) + σ(−0.5); −0.5 × 0.196612; 0.5 × 0.235004
    expect(.apoZero, value: 0.646482, chosen: -0.098306, rejected: 0.117502)
    // σ(1) + σ(−1.5); 0.5 × (0.196612 − 0.149147); 0.5 × 0.149147
    expect(.apoDown, value: 0.913484, chosen: 0.023733, rejected: 0.074573)
  }

  @Test("losses without a reference")
  func referenceFree() {
    expect(.likelihood, value: 2.5, chosen: -0.25, rejected: 0)  // 10 / 4
    // z = 0.5 × (−2.5 − −4.5) − 0.5 = 0.5
    expect(.simpo(margin: 0.5), value: 0.474077, chosen: -0.047193, rejected: 0.094385)
    // z = 0.5 × (−10 − −9) = −0.5: 0.974077 + 2.5; −0.5 × 0.622459 − 0.25
    expect(.cpo(), value: 3.474077, chosen: -0.561230, rejected: 0.311230)
    // log odds: −2.5 − log(1 − e^−2.5) = −2.414350 and −4.488829, z = 2.074479:
    // 2.5 + 0.5 × 0.118337; (−1 − 0.5 × 0.111602 / 0.917915) / 4; 0.5 × 0.111602 / 0.988891 / 2
    expect(.orpo, value: 2.559168, chosen: -0.265198, rejected: 0.028214)
  }

  @Test("other divergences score a log ratio by f′")
  func divergences() {
    // s = 1 − e^−2 and 1 − e: z = 0.5 × 2.582947; derivatives −0.5 σ(−z) e^−2 and 0.5 σ(−z) e
    expect(
      .sigmoid(divergence: .forwardKL), value: 0.242841, chosen: -0.014589, rejected: 0.293036)
    // s = log 2σ(2) and log 2σ(−1): z = 0.5 × 1.186334; with σ(−2) and σ(1)
    expect(
      .sigmoid(divergence: .jensenShannon), value: 0.439915, chosen: -0.021213, rejected: 0.130095)
    // s = (e^−1 − 1) / −½ and (e^½ − 1) / −½: z = 0.5 × 2.561684; with e^−1 and e^½
    expect(
      .sigmoid(divergence: .alpha(0.5)), value: 0.245142, chosen: -0.039990, rejected: 0.179222)
  }

  @Test("a pair's margin is taken from the logit")
  func margins() {
    // z = 1.5 − 0.5 = 1
    expect(.sigmoid(), margin: 0.5, value: 0.313262, chosen: -0.134471, rejected: 0.134471)
    // (0.9 × 0.313262 − 0.1 × 1.313262) / 0.8; 0.5 × −(0.9 × 0.268941 + 0.1 × 0.731059) / 0.8
    expect(
      .robust(labelSmoothing: 0.1), margin: 0.5, value: 0.188262, chosen: -0.196971,
      rejected: 0.196971)
    expect(.hinge(), margin: 0.75, value: 0.25, chosen: -0.5, rejected: 0.5)  // 1 − (1.5 − 0.75)
    // z = 1 − 0.5 − 0.5 = 0: log 2, 0.5 × ½ / 4 and / 2
    expect(
      .simpo(margin: 0.5), margin: 0.5, value: 0.693147, chosen: -0.0625, rejected: 0.125)
  }

  @Test("optimal transport compares ranks, not pairs")
  func optimalTransport() {
    // Policy margins 3, −1, 0 against reference margins 0, 2, 1: sorted, −1 | 0 | 3 and 0 | 1 | 2 give
    // gaps −1 (pair 1), −1 (pair 2), 1 (pair 0); −log σ(±1) = 0.313262, 1.313262.
    let paired = DPOLoss(beta: 1, variant: .aot())
      .evaluate(batch(pairs([-1, -5, -4], [-4, -4, -4]), pairs([-4, -2, -3], [-4, -4, -4])))
    let gradient = [-0.268941, -0.731059, -0.731059]
    for (pair, value) in [0.313262, 1.313262, 1.313262].enumerated() {
      #expect(abs(paired.values[pair] - value) < 1e-6)
      #expect(abs(paired.gradient.chosen[pair] - gradient[pair]) < 1e-6)
      #expect(abs(paired.gradient.rejected[pair] + gradient[pair]) < 1e-6)
    }
    // Chosen log ratios 1, −2, 4 against rejected 3, 0, −1: gaps −1 (pair 1 over 2), 1 (0 over 1) and
    // 1 (2 over 0).
    let unpaired = DPOLoss(beta: 1, variant: .aotUnpaired())
      .evaluate(batch(pairs([-4, -7, -1], [-2, -5, -6]), pairs([-5, -5, -5], [-5, -5, -5])))
    let expected = (
      values: [0.313262, 1.313262, 0.313262], chosen: [-0.268941, -0.731059, -0.268941],
      rejected: [0.268941, 0.268941, 0.731059]
    )
    for pair in 0..<3 {
      #expect(abs(unpaired.values[pair] - expected.values[pair]) < 1e-6)
      #expect(abs(unpaired.gradient.chosen[pair] - expected.chosen[pair]) < 1e-6)
      #expect(abs(unpaired.gradient.rejected[pair] - expected.rejected[pair]) < 1e-6)
    }
  }
}
