import Foundation
import Oversight
import Testing

@Suite("Whether an answer is to be believed")
struct FactualityTests {
  /// Two words of which the rarer stands once of `count`: a relative maximum of 1.
  private static let surprising = SelfConsistency(answer: [["a"]], samples: [["b", "c"]])
  /// One word, said three times of three: 0.
  private static let expected = SelfConsistency(answer: [["a"]], samples: [["a", "a"]])
  private static let denied = SelfAgreement(doubts: [[0.75]])
  private static let agreed = SelfAgreement(doubts: [[0.25]])
  private static let missing = ReferenceSupport(of: "Cats sing.", in: "Dogs bark.")
  private static let there = ReferenceSupport(of: "Cats sing.", in: "Cats sing.")

  @Test("one measure beyond its threshold is enough, and says which")
  func evidence() {
    func against(
      _ consistency: SelfConsistency, _ agreement: SelfAgreement, _ support: ReferenceSupport
    ) -> [Factuality.Evidence] {
      Factuality(consistency: consistency, agreement: agreement, support: support).against
    }
    #expect(against(Self.expected, Self.agreed, Self.there) == [])
    #expect(against(Self.surprising, Self.agreed, Self.there) == [.surprise])
    #expect(against(Self.expected, Self.denied, Self.there) == [.disagreement])
    #expect(against(Self.expected, Self.agreed, Self.missing) == [.missingSupport])
    #expect(
      against(Self.surprising, Self.denied, Self.missing)
        == [.surprise, .disagreement, .missingSupport])
  }

  @Test("what was not measured says nothing")
  func measured() {
    #expect(Factuality().isFactual == nil && Factuality().measured.isEmpty)
    #expect(Factuality(agreement: SelfAgreement(doubts: [])).isFactual == nil)
    let one = Factuality(support: Self.there)
    #expect(one.isFactual == true && one.measured == [.missingSupport])
    #expect(Factuality(agreement: Self.denied).isFactual == false)
  }

  @Test("each threshold of the profile decides, and what is at it passes")
  func profile() throws {
    func isFactual(_ profile: Factuality.Profile) -> [Bool?] {
      [
        Factuality(consistency: Self.surprising, profile: profile).isFactual,
        Factuality(agreement: Self.denied, profile: profile).isFactual,
        Factuality(support: Self.missing, profile: profile).isFactual,
      ]
    }
    #expect(isFactual(.init()) == [false, false, false])
    #expect(isFactual(.init(surprise: 1)) == [true, false, false])
    #expect(isFactual(.init(disagreement: 0.75)) == [false, true, false])
    #expect(isFactual(.init(support: 0)) == [false, false, true])
    let profile = Factuality.Profile(surprise: 0.5, disagreement: 0.25, support: 0.75)
    let again = try JSONDecoder().decode(
      Factuality.Profile.self, from: JSONEncoder().encode(profile))
    #expect(again == profile)
  }
}
