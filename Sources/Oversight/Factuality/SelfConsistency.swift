#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How little an answer is borne out by what the same model says at other times: the unigram variant of
/// SelfCheckGPT (Manakul, Liusie & Gales 2023, arXiv:2303.08896, section 5.4).
///
/// With p(w) = c(w) / Σ c the share of a word among all words of the answer and of the sampled answers,
/// of each sentence
///
///     mean = −1/J Σ_j log p(w_j)        maximum = max_j −log p(w_j)
///
/// in nats, unbounded; higher is less to be believed, as a word that no sample has is rare. The answer
/// itself is counted, so that no word has probability 0. Of a whole answer either is the mean over its
/// sentences. In the paper the maximum tells invented sentences from true ones better than the model's
/// own probabilities do.
public struct SelfConsistency: Sendable, Hashable {
  /// What a sentence comes to.
  public struct Sentence: Sendable, Hashable {
    /// The mean of −log p over its words, in nats.
    public let mean: Double
    /// The maximum of −log p over its words, in nats.
    public let maximum: Double
  }

  /// The sentences that have words, in their order.
  public let sentences: [Sentence]
  /// The number of words of the answer and of the samples, Σ c.
  public let wordCount: Int

  /// Measures an answer.
  ///
  /// - Parameters:
  ///   - answer: The words of each of its sentences.
  ///   - samples: The words of other answers to the same prompt, at least one of them.
  public init(answer: [[String]], samples: [[String]]) {
    precondition(!samples.isEmpty, "an answer is compared with at least one other")
    var counts: [String: Int] = [:]
    for word in (answer + samples).joined() { counts[word, default: 0] += 1 }
    wordCount = counts.values.reduce(0, +)
    let total = Double(wordCount)
    sentences = answer.filter { !$0.isEmpty }.map { words in
      let surprises = words.map { -log(Double(counts[$0] ?? 0) / total) }
      return Sentence(
        mean: surprises.reduce(0, +) / Double(surprises.count), maximum: surprises.max() ?? 0)
    }
  }

  /// The mean of the sentences' means; `nil` without words.
  public var mean: Double? { average(\.mean) }

  /// The mean of the sentences' maxima; `nil` without words.
  public var maximum: Double? { average(\.maximum) }

  /// ``maximum`` as a share of log Σ c, the greatest that it can be: 1 where each sentence has a word that
  /// stands nowhere else, so that answers of different lengths can be held against one threshold; `nil`
  /// of fewer than two words.
  public var relativeMaximum: Double? {
    wordCount > 1 ? maximum.map { $0 / log(Double(wordCount)) } : nil
  }

  private func average(_ value: (Sentence) -> Double) -> Double? {
    sentences.isEmpty ? nil : sentences.reduce(0) { $0 + value($1) } / Double(sentences.count)
  }
}
