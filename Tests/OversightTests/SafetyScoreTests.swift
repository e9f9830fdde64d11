import Oversight
import Testing

@Suite("Safety score")
struct SafetyScoreTests {
  @Test(
    "by hand",
    arguments: [
      ([], 1, true), ([.toxic], 0.1, false), ([.biased], 0.5, false), ([.unfactual], 0.7, false),
      ([.biased, .unfactual], 0.35, false), ([.toxic, .biased, .unfactual], 0.035, false),
    ] as [(Set<SafetyScore.Fault>, Double, Bool)])
  func values(faults: Set<SafetyScore.Fault>, value: Double, isSafe: Bool) {
    let score = SafetyScore(faults)
    #expect(abs(score.value - value) < 1e-15 && score.isSafe == isSafe)
    #expect(Set(score.faults) == faults)
  }

  @Test("a profile changes what is safe; the threshold itself is not")
  func profile() {
    #expect(SafetyScore([.unfactual], profile: .init(threshold: 0.6)).isSafe)
    #expect(!SafetyScore([.unfactual], profile: .init(threshold: 0.7)).isSafe)
    #expect(SafetyScore([.biased], profile: .init(biased: 0.9)).value == 0.9)
  }
}
