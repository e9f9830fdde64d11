import Objectives
import Testing

@Suite("Divergences")
struct FDivergenceTests {
  /// The score of a log ratio, read off the gradient of ipo, (s_w − s_l − 1)² at h_l = 0.
  private func score(_ divergence: FDivergence, _ logRatio: Double) -> Double {
    let zero = pairs([0], [0], tokens: (1, 1))
    let outcome = DPOLoss(beta: 0.5, variant: .ipo(divergence: divergence))
      .evaluate(batch(pairs([logRatio], [0], tokens: (1, 1)), zero))
    // dL/dh_l = −2(s − 1)s′(0), and s′(0) is ½ for the Jensen–Shannon divergence, 1 for the others.
    return 1 - outcome.gradient.rejected[0] / (divergence == .jensenShannon ? 1 : 2)
  }

  @Test("scores by hand")
  func byHand() {
    #expect(score(.reverseKL, 1.5) == 1.5)
    #expect(abs(score(.forwardKL, 1.5) - 0.776870) < 1e-6)  // 1 − e^−1.5
    #expect(abs(score(.jensenShannon, 1.5) - 0.491734) < 1e-6)  // log 2 − 0.201413
    #expect(abs(score(.alpha(0.5), 1.5) - 1.055267) < 1e-6)  // (e^−0.75 − 1) / −0.5
    #expect(abs(score(.alpha(3), -1) - -0.432332) < 1e-6)  // (e^−2 − 1) / 2
  }

  @Test("alpha is the forward KL divergence at 0 and the reverse at 1", arguments: [-3, 0.25, 4.0])
  func alphaLimits(logRatio: Double) {
    #expect(abs(score(.alpha(0), logRatio) - score(.forwardKL, logRatio)) < 1e-14)
    #expect(score(.alpha(1), logRatio) == logRatio)
    for alpha in [1 - 1e-9, 1 + 1e-9] {
      #expect(abs(score(.alpha(alpha), logRatio) - logRatio) < 1e-7)
    }
  }

  @Test("an exponent above 80 is held there, and has no gradient")
  func clamp() {
    func outcome(_ chosen: Double) -> DPOOutcome {
      DPOLoss(beta: 1e-34, variant: .hinge(divergence: .alpha(0.5)))
        .evaluate(batch(pairs([chosen], [0]), pairs([0], [0])))
    }
    // The exponent is −½h: below h = −160 nothing changes any more.
    #expect(outcome(-161).values == outcome(-1000).values)
    #expect(outcome(-161).gradient.chosen == [0])
    #expect(outcome(-159).gradient.chosen[0] < 0)
    #expect(outcome(-159).values[0] < outcome(-161).values[0])
  }

  @Test("all agree while policy and reference do, but for the slope of one", arguments: divergences)
  func origin(divergence: FDivergence) {
    let same = pairs([-20, -35], [-25, -30])
    for (variant, usual) in zip(variants(under: divergence), variants(under: .reverseKL)) {
      let outcome = DPOLoss(beta: 0.1, variant: variant).evaluate(batch(same, same))
      let expected = DPOLoss(beta: 0.1, variant: usual).evaluate(batch(same, same))
      let slope = divergence == .jensenShannon ? 0.5 : 1
      #expect(outcome.values == expected.values)
      #expect(outcome.gradient.chosen == expected.gradient.chosen.map { slope * $0 })
      #expect(outcome.gradient.rejected == expected.gradient.rejected.map { slope * $0 })
    }
  }
}
