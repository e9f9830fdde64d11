import Objectives
import Testing

@Suite("DPO family: odds ratios")
struct OddsRatioTests {
  private func outcome(chosen: Double, rejected: Double) -> DPOOutcome {
    DPOLoss(beta: 1, variant: .orpo)
      .evaluate(PreferenceBatch(policy: pairs([chosen], [rejected], tokens: (1, 1))))
  }

  @Test("near certainty the gradient is the odds of the other side")
  func certainty() {
    // σ(−z) / (1 − p_w) → odds_l as p_w → 1; odds_l = 1 at p_l = ½. The likelihood adds 1.
    for chosen in [-1e-5, -1e-7] {
      let gradient = outcome(chosen: chosen, rejected: -0.6931471805599453).gradient
      #expect(abs(gradient.chosen[0] - -2) < 1e-9)
      #expect(abs(gradient.rejected[0]) < 2.1e-5)
    }
    // An engine in single precision says 0 for what it holds for certain.
    let certain = outcome(chosen: 0, rejected: -0.6931471805599453)
    #expect(certain.values[0].isFinite && certain.values[0] >= 0)
    #expect(abs(certain.gradient.chosen[0] - -2) < 1e-9)
    for sides in [(-1.0, 0.0), (0.0, 0.0)] {
      let both = outcome(chosen: sides.0, rejected: sides.1)
      #expect(both.values[0].isFinite)
      #expect(both.gradient.chosen[0].isFinite && both.gradient.rejected[0].isFinite)
    }
  }

  @Test("far from certainty odds are probabilities")
  func rarity() {
    // z → a_w − a_l = −100 and σ(−z) → 1: −a_w − z = 900 + 100
    let rare = outcome(chosen: -900, rejected: -800)
    #expect(abs(rare.values[0] - 1000) < 1e-9)
    #expect(abs(rare.gradient.chosen[0] - -2) < 1e-12)
    #expect(abs(rare.gradient.rejected[0] - 1) < 1e-12)
    // The other way round the ratio has nothing left to say.
    let common = outcome(chosen: -800, rejected: -900)
    #expect(common.values[0] == 800)
    #expect(relativeError(common.gradient.rejected[0], 3.720075976020836e-44) < 1e-12)  // e^−100
  }
}
