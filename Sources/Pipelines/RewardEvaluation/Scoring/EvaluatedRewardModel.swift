public import LanguageModels
public import Tokenization

/// What a reward model says about one completion.
public struct CompletionScore: Sendable, Hashable {
  /// The score of each member of an ensemble, one for a single model, with the model's own corrections.
  public var members: [Double]
  /// The tokens of the completion.
  public var tokens: Int

  /// Describes a score.
  ///
  /// - Parameters:
  ///   - members: The score of each member, at least one.
  ///   - tokens: The tokens of the completion.
  public init(members: [Double], tokens: Int) {
    precondition(!members.isEmpty, "a score of no members")
    self.members = members
    self.tokens = tokens
  }

  /// The mean over members.
  public var value: Double { members.reduce(0, +) / Double(members.count) }
}

/// The reward model that an evaluation is of, behind its tokenizer.
public protocol EvaluatedRewardModel {
  /// What the model takes off its scores for length; `nil` for nothing.
  var storedCorrection: RewardModelRecord.LengthCorrection? { get }
  /// The tokens of prompt and completion beyond which a group is too long; `nil` for no limit.
  var maxLength: Int? { get }

  /// Scores groups in their order.
  ///
  /// - Parameters:
  ///   - groups: Prompts with their completions.
  ///   - progress: Told after each batch how many groups are done; may throw to stop.
  /// - Returns: For each group one score a completion; `nil` for a group that is too long.
  /// - Throws: What `progress` throws, or what goes wrong in the engine.
  func scores(
    of groups: [PromptCompletions], progress: (_ done: Int) throws -> Void
  ) throws -> [[CompletionScore]?]

  /// What the model reads the scores from, as far as it is one vector: the last hidden state.
  ///
  /// - Parameters:
  ///   - groups: Prompts with one completion each, none of them too long.
  ///   - progress: Told after each batch how many groups are done; may throw to stop.
  /// - Returns: For each group the vector of its completion.
  /// - Throws: What `progress` throws, or what goes wrong in the engine.
  func hiddenStates(
    of groups: [PromptCompletions], progress: (_ done: Int) throws -> Void
  ) throws -> [[Double]]
}
