/// Why a well-formed row cannot be learnt from. Such rows are left out and counted.
public enum DropReason: String, Sendable, Hashable, Codable, CaseIterable {
  /// The two sides of a pair continue different prompts.
  case promptsDiffer
  /// The annotator saw no difference.
  case tie
  /// The sides are the same bytes, so that no judgment can be learnt from them.
  case identicalSides
  /// There is no prompt to complete.
  case emptyPrompt
  /// The row says that it has no completion.
  case noCompletion
  /// A completion is empty or white space alone.
  case emptyCompletion
  /// The text is empty or white space alone.
  case emptyText
  /// The completion is labelled as one that is not to be imitated.
  case undesirable
  /// The dialogue has no assistant's turn, of which alone was to be learned.
  case noAssistantTurn
  /// The prompt alone takes `max_length` tokens or more.
  case promptTooLong
  /// The prompt leaves no room for a completion, or has more tokens than `max_prompt_length`.
  case noRoomForCompletion
  /// A prompt with its completion takes more than `max_length` tokens, and cutting it would change what
  /// was judged.
  case tooLong
  /// After truncation to `max_length` no completion token, or no difference between the sides, is
  /// left.
  case truncatedAway
}

extension DropReason: CustomStringConvertible {
  /// What was wrong with the rows, as the end of "3 rows: …".
  public var description: String {
    switch self {
    case .promptsDiffer: "the two sides do not continue the same prompt"
    case .tie: "a tie prefers neither side"
    case .identicalSides: "the sides are identical"
    case .emptyPrompt: "the prompt is empty"
    case .noCompletion: "there is no completion"
    case .emptyCompletion: "a completion is empty"
    case .emptyText: "the text is empty"
    case .undesirable: "the completion is labelled undesirable"
    case .noAssistantTurn: "no assistant's turn is in the dialogue"
    case .promptTooLong: "the prompt has max_length tokens or more"
    case .noRoomForCompletion:
      "the prompt has more than max_prompt_length tokens, or leaves no room for max_completion_length"
    case .tooLong: "prompt and completion have more than max_length tokens"
    case .truncatedAway: "truncation to max_length leaves nothing to learn"
    }
  }
}
