internal import PreferenceData

/// The question which of two answers is better, as a model is asked it: Bai et al. (2022,
/// arXiv:2212.08073), section 4.1.
///
///     Consider the following conversation between a human and an assistant:
///
///     Human: …
///
///
///     [principle] Options:
///      (A) [[[answer]]]
///      (B) [[[answer]]]
///
///     The answer is:
///
/// What the model thinks is in the log probabilities of " (A)" and " (B)" as what follows.
public struct ComparisonQuestion: Sendable, Hashable {
  /// Which of the two answers stands first.
  public enum Order: Sendable, Hashable, CaseIterable {
    /// As they are given.
    case straight
    /// The second one first.
    case swapped
  }

  /// What follows if the option (A) is the better one, and if (B) is.
  public static let options = [" (A)", " (B)"]

  /// The conversation before the answers.
  public let conversation: String
  /// The first answer.
  public let first: String
  /// The second answer.
  public let second: String
  /// What is asked.
  public let principle: Principle
  /// Comparisons with their answers, which stand before.
  public let examples: [Constitution.ComparisonExample]

  /// A question.
  ///
  /// - Parameters:
  ///   - conversation: What both answers follow.
  ///   - first: The first answer.
  ///   - second: The second answer.
  ///   - principle: One with a comparison.
  ///   - examples: Comparisons with their answers.
  public init(
    conversation: String, first: String, second: String, principle: Principle,
    examples: [Constitution.ComparisonExample] = []
  ) {
    precondition(principle.comparison != nil, "\(principle.name) compares nothing")
    (self.conversation, self.first, self.second) = (conversation, first, second)
    (self.principle, self.examples) = (principle, examples)
  }

  /// What the model is to continue.
  ///
  /// Of the examples the better answer is (A) and (B) in turn, so that they do not teach a letter.
  ///
  /// - Parameter order: Which answer stands first.
  /// - Returns: A text that ends with "The answer is:".
  public func text(in order: Order) -> String {
    let shown = examples.enumerated().map { place, example in
      let isFirst = place.isMultiple(of: 2)
      return question(
        example.prompt, isFirst ? example.better : example.worse,
        isFirst ? example.worse : example.better) + Self.answerMark
        + Self.options[isFirst ? 0 : 1]
    }
    return (shown + [asked(in: order) + Self.answerMark]).joined(separator: "\n\n")
  }

  /// What the model is to continue with its reasoning before it answers. Examples, which answer at once,
  /// do not stand before it.
  ///
  /// - Parameter order: Which answer stands first.
  /// - Returns: A text that ends with "Let's think step by step:".
  public func reasoningRequest(in order: Order) -> String {
    asked(in: order) + DialogueMarks.assistant + Self.reasoningMark
  }

  /// What the model is to continue with its answer after it has reasoned.
  ///
  /// - Parameters:
  ///   - order: Which answer stands first.
  ///   - reasoning: What it has written.
  /// - Returns: A text that ends with "So the answer is:".
  public func text(in order: Order, after reasoning: String) -> String {
    "\(reasoningRequest(in: order)) \(reasoning)\n\nSo the answer is:"
  }

  /// The reasoning in what a model wrote: up to where it answers, or begins to speak for somebody else.
  ///
  /// - Parameter continuation: What it wrote.
  /// - Returns: The text without spaces around it; empty if there is none.
  public static func reasoning(in continuation: String) -> String {
    let reply = RevisionDialogue.reply(in: continuation)
    let answer = reply.firstRange(of: "So the answer is")?.lowerBound ?? reply.endIndex
    return String(reply[..<answer]).trimmed
  }

  private static let answerMark = "\n\nThe answer is:"
  private static let reasoningMark = " Let's think step by step:"

  /// The question itself.
  private func asked(in order: Order) -> String {
    order == .straight
      ? question(conversation, first, second) : question(conversation, second, first)
  }

  private func question(_ conversation: String, _ a: String, _ b: String) -> String {
    // With the empty lines of the published evaluations.
    "Consider the following conversation between a human and an assistant:"
      + "\(conversation.asDialogue.withoutLastMark)\n\n\n"
      + "\((principle.comparison ?? "").trimmed) Options:\n (A) [[[\(a.trimmed)]]]\n"
      + " (B) [[[\(b.trimmed)]]]"
  }
}

extension String {
  /// A dialogue that begins with a mark, whether this is one, one without the line breaks before it, or a
  /// question alone.
  var asDialogue: String {
    if hasPrefix("Human:") { return "\n\n\(self)" }
    return contains(DialogueMarks.human) ? self : "\(DialogueMarks.human) \(trimmed)"
  }

  /// A conversation without the mark of the answer that is to follow.
  var withoutLastMark: String {
    hasSuffix(DialogueMarks.assistant)
      ? String(dropLast(DialogueMarks.assistant.count)) : self
  }
}
