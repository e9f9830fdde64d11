internal import PreferenceData

/// The question whether an answer breaks a principle, as a model is asked it.
///
///     Consider the following conversation between a human and an assistant:
///
///     Human: …
///
///     Assistant: answer
///
///
///     [critique request] Is there anything of the kind in the assistant's last answer? Options:
///      (A) Yes
///      (B) No
///
///     The answer is:
///
/// It is asked in both orders of Yes and No, and the probabilities are averaged: ``SoftPreference``, with
/// Yes as the first answer.
public struct ViolationQuestion: Sendable, Hashable {
  /// The conversation up to the answer.
  public let conversation: String
  /// What is judged.
  public let answer: String
  /// A principle with a critique.
  public let principle: Principle

  /// A question.
  ///
  /// - Parameters:
  ///   - conversation: The conversation up to the answer, or a question alone.
  ///   - answer: What is judged.
  ///   - principle: A principle with a critique.
  public init(conversation: String, answer: String, principle: Principle) {
    precondition(principle.critique != nil, "\(principle.name) criticises nothing")
    (self.conversation, self.answer, self.principle) = (conversation, answer, principle)
  }

  /// What the model is to continue.
  ///
  /// - Parameter order: Straight if (A) is Yes.
  /// - Returns: A text that ends with "The answer is:".
  public func text(in order: ComparisonQuestion.Order) -> String {
    let words = order == .straight ? ["Yes", "No"] : ["No", "Yes"]
    return "Consider the following conversation between a human and an assistant:"
      + "\(conversation.asDialogue.withoutLastMark)\(DialogueMarks.assistant) \(answer.trimmed)\n\n\n"
      + "\((principle.critique ?? "").trimmed) Is there anything of the kind in the assistant's last "
      + "answer? Options:\n (A) \(words[0])\n (B) \(words[1])\n\nThe answer is:"
  }
}
