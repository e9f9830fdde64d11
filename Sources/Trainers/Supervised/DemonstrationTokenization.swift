internal import PreferenceData
public import Tokenization
internal import TrainingConfiguration

/// How demonstrations and texts become token ids: by ``CompletionTokenization``, cut to a length, with
/// a mask that says which tokens are learned.
public struct DemonstrationTokenization: TextTokenization {
  /// Which tokens of a text are learned.
  public enum Mask: Equatable, Sendable {
    /// The completion where there is a prompt, else everything.
    case completionOrText
    /// The completion; there must be a prompt.
    case completion
    /// Everything.
    case everything
    /// What the assistant says in a dialogue of `DialogueTurns`.
    case assistant
  }

  private let completions: CompletionTokenization
  private let mask: Mask
  private let maxLength: Int

  /// Rules for a tokenizer.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer.
  ///   - directory: The model directory that the tokenizer comes from.
  ///   - mask: Which tokens are learned.
  ///   - maxLength: Tokens of prompt and completion together; what is beyond is cut off at the end.
  /// - Throws: ``TrainingError`` if the tokenizer names no end of sequence.
  public init(
    tokenizer: Tokenizer, directory: String, mask: Mask, maxLength: Int
  ) throws(TrainingError) {
    completions = try CompletionTokenization(tokenizer: tokenizer, directory: directory)
    self.mask = mask
    self.maxLength = maxLength
  }

  /// Tokenizes a prompt with its completion, or a text, both with an end of sequence.
  ///
  /// - Parameter text: A prompt and its completion, or a text of its own.
  /// - Returns: One sequence; or why there is none.
  /// - Throws: ``TrainingError`` for a text without a prompt under ``Mask/completion``.
  public func tokenize(_ text: LearnedText) throws(TrainingError) -> TextOutcome {
    if mask == .completion, text.prompt == nil { throw .textWithoutPrompt(text.source) }
    let encoding = completions.encode(
      prompt: text.prompt ?? "", completions: [text.completion])
    let ids = encoding.sequences[0]
    let start = text.prompt == nil ? 0 : encoding.shared
    guard let scored = learned(of: text, ids, completionStart: start) else {
      return .dropped(.noAssistantTurn)
    }
    let whole = PackedBatch.Sequence(ids, scored: scored)
    let kept = PackedBatch.Sequence(
      Array(ids.prefix(maxLength)), scored: scored.map { $0.clamped(to: 0..<maxLength) })
    guard kept.scoredTokens > 0 else {
      if whole.scoredTokens == 0 {
        return .dropped(text.prompt == nil ? .emptyText : .emptyCompletion)
      }
      return .dropped(mask == .assistant ? .truncatedAway : .promptTooLong)
    }
    return .tokenized(
      TokenizedText(
        sequences: [kept], group: start > 0 ? encoding.prompt : ids,
        isCut: ids.count > maxLength))
  }

  /// The runs of tokens that are learned; `nil` where an assistant's turn is looked for in vain.
  private func learned(
    of text: LearnedText, _ ids: [Int32], completionStart: Int
  ) -> [Range<Int>]? {
    switch mask {
    case .completionOrText, .completion: return [completionStart..<ids.count]
    case .everything: return [0..<ids.count]
    case .assistant:
      let turns = DialogueTurns(text.whole).assistant
      if turns.isEmpty { return nil }
      return turns.compactMap { turn in
        let start = completions.tokens(before: turn.start, of: ids)
        let end = turn.end.map { completions.tokens(before: $0, of: ids) } ?? ids.count
        return start < end ? start..<end : nil
      }
    }
  }
}

extension DemonstrationTokenization.Mask {
  /// The mask that a configuration asks for.
  init(_ configuration: SupervisedConfiguration) {
    self =
      switch (configuration.assistantOnlyLoss, configuration.completionOnlyLoss) {
      case (true, _): .assistant
      case (false, nil): .completionOrText
      case (false, true?): .completion
      case (false, false?): .everything
      }
  }
}
