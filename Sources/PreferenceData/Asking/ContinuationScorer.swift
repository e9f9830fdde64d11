/// A text and the ways in which it may go on, of which a model is to say how probable each is.
public struct OptionQuestion: Sendable, Hashable {
  /// What comes before, such as a question that ends in "The answer is:".
  public var text: String
  /// What may follow, such as " (A)" and " (B)": at least two, all different, none empty.
  public var options: [String]

  /// A question.
  ///
  /// - Parameters:
  ///   - text: What comes before.
  ///   - options: What may follow: at least two, all different, none empty.
  public init(_ text: String, options: [String]) {
    precondition(
      options.count > 1 && Set(options).count == options.count && !options.contains(""),
      "options \(options)")
    self.text = text
    self.options = options
  }
}

/// Something that says how probable the options of a question are: a model here, one behind an endpoint,
/// or a program.
public protocol ContinuationScorer {
  /// The log probabilities of options.
  ///
  /// - Parameter questions: What is asked.
  /// - Returns: For each question, for each option, log P(option | text) in nats, up to a constant of the
  ///   question. −∞ is an option that the model does not think of; one of each question is finite.
  /// - Throws: What the scorer cannot do, as a sentence.
  func logProbabilities(of questions: [OptionQuestion]) async throws -> [[Double]]
}
