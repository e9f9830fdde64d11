/// What a classifier says of a text.
public struct ClassifierVerdict: Sendable, Hashable {
  /// The probability of each label, in the classifier's order.
  public var probabilities: [Double]
  /// Which labels are said to be true.
  public var positives: [Bool]
  /// The phrases of lexicons that the text has, in its order.
  public var matches: [String]

  /// A verdict.
  ///
  /// - Parameters:
  ///   - probabilities: The probability of each label.
  ///   - positives: Which labels are said to be true.
  ///   - matches: The phrases of lexicons that the text has.
  public init(probabilities: [Double], positives: [Bool], matches: [String] = []) {
    (self.probabilities, self.positives, self.matches) = (probabilities, positives, matches)
  }
}
