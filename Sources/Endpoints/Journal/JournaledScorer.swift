public import PreferenceData

/// A scorer of options that never asks another twice: what was answered before comes from a journal.
public struct JournaledScorer: ContinuationScorer {
  private let base: any ContinuationScorer
  private let model: String
  private let journal: AnswerJournal
  private let chunk: Int
  private let progress: (_ done: Int, _ total: Int) throws -> Void

  /// A scorer with a journal.
  ///
  /// - Parameters:
  ///   - base: Who is asked what the journal does not know.
  ///   - model: What the journal calls it: a text that is another where the answers may be others, such
  ///     as ``CompletionEndpoint/optionIdentity``.
  ///   - journal: What was answered, and what is.
  ///   - chunk: How many questions `base` is given at a time, at least 1, where it is not an
  ///     ``EagerScorer``: their answers are kept when all are there.
  ///   - progress: Is told how many questions of a call are answered, and of how many; may throw, to
  ///     stop, and then nothing is lost that was answered.
  public init(
    _ base: any ContinuationScorer, model: String, journal: AnswerJournal, chunk: Int = 64,
    progress: @escaping (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) {
    precondition(chunk > 0, "chunks of \(chunk)")
    (self.base, self.model, self.journal) = (base, model, journal)
    (self.chunk, self.progress) = (chunk, progress)
  }

  /// The log probabilities of options, asked for those questions alone of which the journal has no
  /// answer.
  ///
  /// - Parameter questions: What is asked.
  /// - Returns: For each question, for each option, log P(option | text) in nats, up to a constant.
  /// - Throws: What the scorer or the progress throws, ``JournalError`` or `RunRecordError`; what was
  ///   answered before is kept.
  public func logProbabilities(of questions: [OptionQuestion]) async throws -> [[Double]] {
    try await journal.answers(to: questions, of: model, progress: progress) { missing, each in
      if let eager = base as? any EagerScorer {
        try await eager.logProbabilities(of: missing, each: each)
      } else {
        try await AnswerJournal.inChunks(
          missing, of: chunk, ask: { try await base.logProbabilities(of: $0) }, each: each)
      }
    }
  }
}
