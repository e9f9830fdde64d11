/// Why the studio does not do something, as a sentence.
public enum StudioError: Error, Sendable, Hashable {
  /// The model is being made.
  case preparing
  /// There is no model, and why.
  case failed(String)
  /// Another job is under way.
  case busy
  /// A prompt without words.
  case emptyPrompt
  /// A prompt that has so many characters.
  case longPrompt(Int)
  /// A prompt with characters that are no text.
  case oddPrompt
  /// The pair was decided already, or is not of this session.
  case noSuchPair
  /// There are so many choices, and so many are needed.
  case fewChoices(Int, needed: Int)
  /// No more choices are kept.
  case manyChoices(limit: Int)
  /// Everything was begun anew while a job was under way.
  case startedAnew
  /// Nothing was asked yet.
  case nothingAsked
  /// No reward model has learned yet.
  case noRewardModel
}

extension StudioError: CustomStringConvertible {
  /// A full sentence that says what to do.
  public var description: String {
    switch self {
    case .preparing: "The model is still being made. It takes about a minute."
    case .failed(let reason): "The studio has no model to work with: \(reason)."
    case .busy: "The model is busy with something else. Try again when it is done."
    case .emptyPrompt: "The prompt is empty. Ask something."
    case .longPrompt(let count):
      "The prompt has \(count) characters, but may have \(AskedPrompt.longest). Ask in fewer words."
    case .oddPrompt: "The prompt has characters that are no text. Ask in plain words, in one line."
    case .noSuchPair: "This pair was decided already. Choose from the next one."
    case .fewChoices(let count, let needed):
      "There \(count == 1 ? "is 1 choice" : "are \(count) choices"), and \(needed) are needed. Choose some more."
    case .manyChoices(let limit):
      "There are \(limit) choices, which is as many as are kept. Start anew for more."
    case .startedAnew: "You have started anew, and what was under way is not kept."
    case .nothingAsked: "Nothing was asked yet. Begin with step 1."
    case .noRewardModel: "No reward model has learned yet. Begin with step 3."
    }
  }
}
