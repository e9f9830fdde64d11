/// How little the sentences of an answer are borne out by other texts, by a model's own judgment: the
/// score of SelfCheckGPT's prompt variant (Manakul, Liusie & Gales 2023, arXiv:2303.08896, section 5.5).
///
/// Of each sentence the mean over the texts of
///
///     x = 0 for Yes     1 for No     ½ for undecided
///
/// from 0, all bear it out, to 1, none does; of the answer the mean over its sentences. In the paper a
/// word decides. Here a model gives P(No) of ``SupportQuestion``, which is read in one of two ways.
public struct SelfAgreement: Sendable, Hashable {
  /// How P(No) becomes x.
  public enum Reading: Sendable, Hashable {
    /// x = P(No), which loses nothing: an even model says ½.
    case soft
    /// The more probable option decides, as in the paper; where P(No) is no further from ½ than `band`,
    /// x = ½. From 0 to ½.
    case hard(band: Double)

    /// x for a P(No).
    ///
    /// - Parameter doubt: P(No), from 0 to 1.
    /// - Returns: From 0 to 1.
    public func score(_ doubt: Double) -> Double {
      precondition((0...1).contains(doubt), "a probability of \(doubt)")
      switch self {
      case .soft: return doubt
      case .hard(let band):
        precondition((0...0.5).contains(band), "a band of \(band)")
        return abs(doubt - 0.5) <= band ? 0.5 : doubt > 0.5 ? 1 : 0
      }
    }
  }

  /// For each sentence the mean of x, from 0 to 1; higher is less to be believed.
  public let sentences: [Double]

  /// Takes the means.
  ///
  /// - Parameters:
  ///   - doubts: For each sentence, for each text, P(No); at least one text.
  ///   - reading: How P(No) becomes x.
  public init(doubts: [[Double]], reading: Reading = .soft) {
    precondition(doubts.allSatisfy { !$0.isEmpty }, "a sentence is held against at least one text")
    sentences = doubts.map { doubts in
      doubts.reduce(0) { $0 + reading.score($1) } / Double(doubts.count)
    }
  }

  /// The mean over sentences; `nil` without one.
  public var mean: Double? {
    sentences.isEmpty ? nil : sentences.reduce(0, +) / Double(sentences.count)
  }

  /// That of the sentence that is borne out least; `nil` without one.
  public var maximum: Double? { sentences.max() }
}
