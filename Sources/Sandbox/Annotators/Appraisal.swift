/// What an annotator goes by when looking at a completion.
public struct Appraisal: Sendable, Hashable {
  /// The total of the gold judge, from 0 to 1.
  public let gold: Double
  /// How many words it has.
  public let words: Int

  /// An appraisal.
  ///
  /// - Parameters:
  ///   - gold: The total of the gold judge.
  ///   - words: How many words the completion has.
  public init(gold: Double, words: Int) {
    self.gold = gold
    self.words = words
  }
}
