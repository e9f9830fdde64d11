internal import Evaluations

extension SelfConsistency {
  /// Measures an answer as it is written.
  ///
  /// - Parameters:
  ///   - answer: Its text, which ``Sentences`` splits into sentences and `Words` into words.
  ///   - samples: Other answers to the same prompt, at least one of them.
  public init(answer: String, samples: [String]) {
    self.init(
      answer: Sentences.split(answer).map { Words.split($0) },
      samples: samples.map { Words.split($0) })
  }
}
