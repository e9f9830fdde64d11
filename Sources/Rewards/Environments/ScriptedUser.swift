internal import PreferenceData

/// A user who follows a script: asks, and goes on as the answers have it.
///
///     var user = try ScriptedUser(dialogues, reward: reward)
///     let episode = try await user.episode(seed: 1) { context in await policy.answer(context) }
///
/// An episode is terminated when the script has nothing more to say, and truncated when it has but
/// the limit of turns is reached.
public struct ScriptedUser: TextEnvironment {
  /// When the rewards are asked.
  public enum Timing: String, Sendable, Hashable, Codable, CaseIterable {
    /// About the last answer alone.
    case end
    /// About every answer.
    case everyTurn = "every_turn"
  }

  /// What may be talked about, at least one dialogue.
  public let dialogues: [ScriptedDialogue]
  /// What answers are worth, for all episodes; it has seen what running normalizations need.
  public private(set) var reward: CompositeReward
  /// When the rewards are asked.
  public let timing: Timing
  /// How many answers an episode has at most.
  public let turnLimit: Int
  /// What the user's text is put between.
  public let marks: ScriptedConversation.Marks

  private var conversation: ScriptedConversation
  /// What was said so far; `nil` where no episode is running.
  private var context: String?

  /// A user with a script.
  ///
  /// - Parameters:
  ///   - dialogues: At least one; the seed of an episode picks one.
  ///   - reward: What answers are worth, given all that was said before as the prompt.
  ///   - timing: When the rewards are asked.
  ///   - turnLimit: How many answers an episode has at most, at least 1.
  ///   - marks: What the user's text is put between.
  public init(
    _ dialogues: [ScriptedDialogue], reward: CompositeReward, timing: Timing = .end,
    turnLimit: Int = 8, marks: ScriptedConversation.Marks = .init()
  ) {
    precondition(!dialogues.isEmpty, "no dialogues")
    precondition(turnLimit > 0, "episodes of \(turnLimit) turns")
    self.dialogues = dialogues
    self.reward = reward
    self.timing = timing
    self.turnLimit = turnLimit
    self.marks = marks
    conversation = ScriptedConversation(dialogues[0], turnLimit: turnLimit, marks: marks)
  }

  /// Begins one of the dialogues.
  ///
  /// - Parameter seed: Picks the dialogue.
  /// - Returns: Its prompt.
  public mutating func reset(seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    conversation = ScriptedConversation(
      dialogues[Int(generator.uniform(below: UInt64(dialogues.count)))], turnLimit: turnLimit,
      marks: marks)
    context = conversation.dialogue.prompt
    return conversation.dialogue.prompt
  }

  /// Takes an answer.
  ///
  /// - Parameter action: The answer; an episode has begun and not ended.
  /// - Returns: What the user says to it.
  /// - Throws: What a reward throws.
  public mutating func step(_ action: EpisodeAction) async throws -> EnvironmentStep {
    guard let prompt = context else {
      preconditionFailure("a step before the episode was reset, or after its end")
    }
    let (observation, ending) = conversation.reply(to: action.text)
    context = ending == .none ? prompt + action.text + observation : nil
    return EnvironmentStep(
      observation: observation,
      reward: timing == .everyTurn || ending != .none
        ? try await worth(of: action, after: prompt) : nil,
      ending: ending)
  }

  private mutating func worth(
    of action: EpisodeAction, after prompt: String
  ) async throws -> Double? {
    let completion = RewardedCompletion(
      prompt: prompt, completion: action.text, tokenCount: action.tokenCount,
      isFinished: action.isFinished, fields: conversation.dialogue.fields)
    return try await reward.evaluate([completion]).totals[0]
  }
}
