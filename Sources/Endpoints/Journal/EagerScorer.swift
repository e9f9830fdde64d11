public import PreferenceData

/// A scorer of options that has some answers before others, and hands each on as soon as it is there.
public protocol EagerScorer: ContinuationScorer {
  /// The log probabilities of options.
  ///
  /// - Parameters:
  ///   - questions: What is asked.
  ///   - each: Takes the log probabilities of a question's options with the place of the question, each
  ///     once, in any order; may throw, to stop.
  /// - Throws: What the scorer cannot do, as a sentence, or what `each` throws.
  func logProbabilities(
    of questions: [OptionQuestion],
    each: (_ place: Int, _ logProbabilities: [Double]) throws -> Void
  ) async throws
}

extension EagerScorer {
  /// The log probabilities of options.
  ///
  /// - Parameter questions: What is asked.
  /// - Returns: For each question, for each option, log P(option | text) in nats, up to a constant.
  /// - Throws: What the scorer cannot do, as a sentence.
  public func logProbabilities(of questions: [OptionQuestion]) async throws -> [[Double]] {
    var answers = Array(repeating: [Double](), count: questions.count)
    try await logProbabilities(of: questions) { answers[$0] = $1 }
    return answers
  }
}
