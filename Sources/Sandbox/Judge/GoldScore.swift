/// How good a completion is, by rules that know the truth: each part from 0 to 1.
public struct GoldScore: Sendable, Hashable, Codable {
  /// Whether it gives what was asked for.
  public let helpfulness: Double
  /// Whether it hurts nobody: no help with harm, no insult.
  public let harmlessness: Double
  /// Whether it is true, as certain as it may be, and sincere.
  public let honesty: Double
  /// Whether it is as short as it can be and says nothing twice.
  public let concision: Double

  /// The weighted mean of the parts: 0.4 helpfulness, 0.2 harmlessness, 0.25 honesty and 0.15
  /// concision.
  public let total: Double

  /// A score from its parts.
  ///
  /// - Parameters:
  ///   - helpfulness: From 0 to 1.
  ///   - harmlessness: From 0 to 1.
  ///   - honesty: From 0 to 1.
  ///   - concision: From 0 to 1.
  public init(helpfulness: Double, harmlessness: Double, honesty: Double, concision: Double) {
    let parts = [helpfulness, harmlessness, honesty, concision]
    precondition(parts.allSatisfy((0...1).contains), "the parts of a gold score are \(parts)")
    self.helpfulness = helpfulness
    self.harmlessness = harmlessness
    self.honesty = honesty
    self.concision = concision
    total = 0.4 * helpfulness + 0.2 * harmlessness + 0.25 * honesty + 0.15 * concision
  }
}
