internal import Evaluations
public import Oversight
public import PreferenceData

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What a model answered to somebody, as a log has it; all but the prompt and the completion may be unknown.
public struct ObservedResponse: Sendable, Hashable {
  /// What tells it from others.
  public var id: String?
  /// When it was given.
  public var time: Date?
  /// What was asked.
  public var prompt: Passage
  /// What was answered.
  public var completion: String
  /// The model's name.
  public var model: String?
  /// Which version of the policy it was.
  public var policy: String?
  /// Which arm of an experiment it belongs to.
  public var arm: String?
  /// Why it ended: `stop`, `length`, `content_filter`.
  public var finishReason: String?
  /// Tokens of the prompt.
  public var promptTokens: Int?
  /// Tokens of the completion.
  public var completionTokens: Int?
  /// Seconds from the request to the end.
  public var seconds: Double?
  /// Seconds from the request to the first token.
  public var firstTokenSeconds: Double?
  /// What a reward model scores it.
  public var reward: Double?
  /// What each member of an ensemble scores it.
  public var rewards: [Double] = []
  /// How probable each label of harm is, by its name, from 0 to 1.
  public var safety: [String: Double] = [:]
  /// Whether the answer is unsafe, by who gave the probabilities; `nil` for whether one reaches a threshold.
  public var isUnsafe: Bool?
  /// What the answer does with the request.
  public var stance: Stance?
  /// Whether the prompt asks for harm.
  public var isHarmfulPrompt: Bool?
  /// Whether a verdict on the answer changes with the group that is spoken of.
  public var isBiased: Bool?
  /// Whether something speaks against the facts of the answer.
  public var isUnfactual: Bool?
  /// What the reader said of it, from −1 to 1.
  public var feedback: Double?
  /// Where the row stood; `nil` for one that was in no file.
  public var source: SourceLocation?

  /// A response of which nothing else is known.
  ///
  /// - Parameters:
  ///   - prompt: What was asked.
  ///   - completion: What was answered.
  public init(prompt: Passage, completion: String) {
    (self.prompt, self.completion) = (prompt, completion)
  }

  /// What the person said last, without white space around it: what the topic is read from.
  public var question: String {
    let text =
      switch prompt {
      case .text(let text): String(DialogueText(text: text).lastHumanTurn)
      case .messages(let messages):
        messages.last { $0.role == "user" }?.content
          ?? messages.map(\.content).joined(
            separator: " ")
      }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// How much the members of an ensemble disagree: the variance of their scores, by n.
  public var rewardVariance: Double? {
    rewards.count > 1 ? MeanVariance(rewards).variance(.population) : nil
  }
}
