internal import PreferenceData

/// The marks of a dialogue in which answers are criticised and revised, beside `DialogueMarks`.
public enum RevisionMarks {
  /// Before what is asked of the critic.
  public static let critiqueRequest = DialogueMarks.critiqueRequest
  /// Before the critique.
  public static let critique = "\n\nCritique:"
  /// Before what is asked of the reviser.
  public static let revisionRequest = DialogueMarks.revisionRequest
  /// Before the revision.
  public static let revision = "\n\nRevision:"

  /// All marks: what a model writes ends where the first of them stands.
  static let all = [
    DialogueMarks.human, DialogueMarks.assistant, critiqueRequest, critique, revisionRequest,
    revision,
  ]
}

/// What a model is given to continue when it criticises and revises an answer: Bai et al. (2022,
/// arXiv:2212.08073), section 3.1 and appendix B.
///
///     \n\nHuman: prompt\n\nAssistant: answer\n\nCritiqueRequest: …\n\nCritique:
///
/// and then, with what the model wrote,
///
///     … critique\n\nRevisionRequest: …\n\nRevision:
///
/// The revision takes the place of the answer, and another principle may ask again.
public struct RevisionDialogue: Sendable, Hashable {
  /// The conversation up to the answer, ending with the assistant's mark.
  public let prompt: String
  /// Whole dialogues that stand before it.
  public let examples: [String]

  /// A dialogue.
  ///
  /// - Parameters:
  ///   - prompt: A question alone, or a conversation that ends with the assistant's mark.
  ///   - examples: Whole dialogues that stand before it, as a constitution has them.
  public init(prompt: String, examples: [String] = []) {
    self.prompt =
      prompt.hasSuffix(DialogueMarks.assistant)
      ? prompt : "\(DialogueMarks.human) \(prompt.trimmed)\(DialogueMarks.assistant)"
    // Those of the paper end with the mark of what follows, which the prompt brings along.
    self.examples = examples.map { example in
      example.hasSuffix(DialogueMarks.human)
        ? String(example.dropLast(DialogueMarks.human.count)) : example
    }
  }

  /// What the model is to continue with a first answer.
  public var question: String { prompt }

  /// What the model is to continue with a critique.
  ///
  /// - Parameters:
  ///   - answer: What is criticised.
  ///   - principle: One with a critique.
  /// - Returns: A text that ends with the mark of the critique.
  public func critiqueRequest(of answer: String, by principle: Principle) -> String {
    guard let request = principle.critique else { preconditionFailure("\(principle.name)") }
    // After examples a dialogue begins with line breaks, whether it has them or not.
    let dialogue = examples.isEmpty ? prompt : examples.joined() + prompt.asDialogue
    return "\(dialogue) \(answer.trimmed)"
      + "\(RevisionMarks.critiqueRequest) \(request)\(RevisionMarks.critique)"
  }

  /// What the model is to continue with a revision.
  ///
  /// - Parameters:
  ///   - answer: What was criticised.
  ///   - critique: What is wrong with it.
  ///   - principle: One with a critique and a revision.
  /// - Returns: A text that ends with the mark of the revision.
  public func revisionRequest(
    of answer: String, critique: String, by principle: Principle
  ) -> String {
    guard let request = principle.revision else { preconditionFailure("\(principle.name)") }
    return critiqueRequest(of: answer, by: principle)
      + " \(critique.trimmed)\(RevisionMarks.revisionRequest) \(request)\(RevisionMarks.revision)"
  }

  /// What a model has written, up to where it begins to speak for somebody else.
  ///
  /// - Parameter continuation: What it wrote.
  /// - Returns: The text without spaces around it; empty if there is none.
  public static func reply(in continuation: String) -> String {
    var reply = continuation[...]
    for mark in RevisionMarks.all {
      if let place = reply.firstRange(of: mark) { reply = reply[..<place.lowerBound] }
    }
    return String(reply).trimmed
  }
}

extension String {
  /// Without white space around it.
  var trimmed: String {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
