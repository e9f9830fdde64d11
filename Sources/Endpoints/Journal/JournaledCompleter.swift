public import PreferenceData

/// A completer that never asks another twice: what was answered before comes from a journal.
public struct JournaledCompleter: Completer {
  private let base: any Completer
  private let model: String
  private let journal: AnswerJournal
  private let chunk: Int
  private let progress: (_ done: Int, _ total: Int) throws -> Void

  /// A completer with a journal.
  ///
  /// - Parameters:
  ///   - base: Who is asked what the journal does not know.
  ///   - model: What the journal calls it: a text that is another where the answers may be others, such
  ///     as ``CompletionEndpoint/completionIdentity``.
  ///   - journal: What was answered, and what is.
  ///   - chunk: How many requests `base` is given at a time, at least 1, where it is not an
  ///     ``EagerCompleter``: their answers are kept when all are there.
  ///   - progress: Is told how many requests of a call are answered, and of how many; may throw, to
  ///     stop, and then nothing is lost that was answered.
  public init(
    _ base: any Completer, model: String, journal: AnswerJournal, chunk: Int = 64,
    progress: @escaping (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) {
    precondition(chunk > 0, "chunks of \(chunk)")
    (self.base, self.model, self.journal) = (base, model, journal)
    (self.chunk, self.progress) = (chunk, progress)
  }

  /// Continues many prompts, those alone of which the journal has no answer.
  ///
  /// - Parameter requests: What is continued.
  /// - Returns: One completion a request, in order.
  /// - Throws: What the completer or the progress throws, ``JournalError`` or `RunRecordError`; what
  ///   was answered before is kept.
  public func completions(of requests: [CompletionRequest]) async throws -> [String] {
    try await journal.answers(to: requests, of: model, progress: progress) { missing, each in
      if let eager = base as? any EagerCompleter {
        try await eager.completions(of: missing, each: each)
      } else {
        try await AnswerJournal.inChunks(
          missing, of: chunk, ask: { try await base.completions(of: $0) }, each: each)
      }
    }
  }
}
