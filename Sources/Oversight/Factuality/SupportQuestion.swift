#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
public import PreferenceData

/// The question whether a text bears a sentence out, as a model is asked it: the prompt variant of
/// SelfCheckGPT (Manakul, Liusie & Gales 2023, arXiv:2303.08896, section 5.5).
///
/// The text is another answer to the same prompt, or a reference. What the model thinks is in the log
/// probabilities of " Yes" and " No" as what follows; ``SelfAgreement`` takes the means.
public struct SupportQuestion: Sendable, Hashable {
  /// What follows if the sentence is borne out, and if it is not.
  public static let options = [" Yes", " No"]

  /// What is asked about.
  public let sentence: String
  /// What may bear it out.
  public let context: String

  /// A question.
  ///
  /// - Parameters:
  ///   - sentence: What is asked about.
  ///   - context: What may bear it out.
  public init(sentence: String, context: String) {
    (self.sentence, self.context) = (sentence, context)
  }

  /// The questions of an answer.
  ///
  /// - Parameters:
  ///   - answer: Its text, which ``Sentences`` splits.
  ///   - contexts: What may bear its sentences out, such as other answers to the same prompt.
  /// - Returns: For each sentence, for each context, the question.
  public static func all(of answer: String, contexts: [String]) -> [[SupportQuestion]] {
    Sentences.split(answer).map { sentence in
      contexts.map { SupportQuestion(sentence: sentence, context: $0) }
    }
  }

  /// What the model is to continue, with ``options``.
  public var question: OptionQuestion {
    OptionQuestion(
      """
      Text: \(context.trimmed)

      Statement: \(sentence.trimmed)

      Does the text bear out all of the statement? Say Yes if it does, and No if the text leaves part \
      of it open or says otherwise.
      Answer:
      """, options: Self.options)
  }

  /// How probable it is that the sentence is not borne out: e^l_No / (e^l_Yes + e^l_No).
  ///
  /// - Parameter logProbabilities: Of ``options`` in their order, in nats, up to a constant; at least one
  ///   of them finite.
  /// - Returns: P(No), from 0 to 1.
  public static func doubt(_ logProbabilities: [Double]) -> Double {
    precondition(
      logProbabilities.count == 2 && !logProbabilities.contains(where: \.isNaN)
        && logProbabilities.contains { $0 > -.infinity }, "options of \(logProbabilities) nats")
    return 1 / (1 + exp(logProbabilities[0] - logProbabilities[1]))
  }
}
