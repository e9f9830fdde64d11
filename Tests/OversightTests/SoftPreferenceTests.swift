import Foundation
import Oversight
import Testing

@Suite("Preferences of a model, by the log probabilities of two options")
struct SoftPreferenceTests {
  private typealias Scores = SoftPreference.OptionScores

  @Test("one order: −1.2 and −2.0 nats are 0.689974, clamped 0.6")
  func oneOrder() {
    let preference = SoftPreference(straight: .init(a: -1.2, b: -2))
    #expect(abs(preference.probability - 0.689974) < 1e-6)
    #expect(SoftPreference.clamped(preference.probability) == 0.6)
    #expect(SoftPreference.clamped(0.1) == 0.4 && SoftPreference.clamped(0.55) == 0.55)
    #expect(SoftPreference.clamped(0.9, to: 0.2...0.8) == 0.8)
    #expect(preference.isFlipped == nil && preference.positionBias == nil)
  }

  @Test("both orders: the mean, in which a liking for a letter cancels")
  func bothOrders() {
    // Odds of e for the better answer, and of e² for (A): logits 1 + 2 and −1 + 2.
    let preference = SoftPreference(straight: .init(a: 0, b: -3), swapped: .init(a: 0, b: -1))
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    #expect(abs(preference.probability - (sigmoid(3) + 1 - sigmoid(1)) / 2) < 1e-15)
    #expect(preference.probability > 0.5)
    #expect(preference.isFlipped == true)
    #expect(abs((preference.positionBias ?? 0) - ((sigmoid(3) + sigmoid(1)) / 2 - 0.5)) < 1e-15)
    // With the answers exchanged it says the opposite.
    let exchanged = SoftPreference(straight: .init(a: 0, b: -1), swapped: .init(a: 0, b: -3))
    #expect(abs(exchanged.probability + preference.probability - 1) < 1e-15)
  }

  @Test("a model that is sure in both orders does not flip; one that is even is not counted")
  func flips() {
    let sure = SoftPreference(straight: .init(a: -0.1, b: -4), swapped: .init(a: -4, b: -0.1))
    #expect(sure.isFlipped == false && abs(sure.positionBias ?? 1) < 1e-15)
    #expect(
      SoftPreference(straight: .init(a: -1, b: -1), swapped: .init(a: -1, b: -2)).isFlipped == nil)
    // Far from even nothing is lost.
    let far = SoftPreference(straight: .init(a: -900, b: -0.5), swapped: .init(a: 0, b: -.infinity))
    #expect(far.probability == 0 && far.isFlipped == false)
  }
}
