public import PreferenceData

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

  /// What the user says after an answer is put between marks of turns.
  public struct Marks: Sendable, Hashable {
    /// What precedes the user's text.
    public var before: String
    /// What follows it, up to where the policy goes on.
    public var after: String

    /// Marks of turns.
    ///
    /// - Parameters:
    ///   - before: What precedes the user's text.
    ///   - after: What follows it.
    public init(before: String = DialogueMarks.human + " ", after: String = DialogueMarks.assistant)
    {
      self.before = before
      self.after = after
    }
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
  public let marks: Marks

  private var dialogue: ScriptedDialogue
  private var remaining: ArraySlice<ScriptedDialogue.FollowUp> = []
  /// What was said so far; `nil` where no episode is running.
  private var context: String?
  private var turns = 0

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
    turnLimit: Int = 8, marks: Marks = Marks()
  ) {
    precondition(!dialogues.isEmpty, "no dialogues")
    precondition(turnLimit > 0, "episodes of \(turnLimit) turns")
    self.dialogues = dialogues
    self.reward = reward
    self.timing = timing
    self.turnLimit = turnLimit
    self.marks = marks
    dialogue = dialogues[0]
  }

  /// Begins one of the dialogues.
  ///
  /// - Parameter seed: Picks the dialogue.
  /// - Returns: Its prompt.
  public mutating func reset(seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    dialogue = dialogues[Int(generator.uniform(below: UInt64(dialogues.count)))]
    remaining = dialogue.followUps[...]
    context = dialogue.prompt
    turns = 0
    return dialogue.prompt
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
    turns += 1
    let followUp = nextFollowUp(to: action.text)
    let ending: EpisodeEnding =
      followUp == nil ? .terminated : turns >= turnLimit ? .truncated : .none
    let observation = followUp.map { marks.before + $0 + marks.after } ?? ""
    context = ending == .none ? prompt + action.text + observation : nil
    return EnvironmentStep(
      observation: observation,
      reward: timing == .everyTurn || ending != .none
        ? try await worth(of: action, after: prompt) : nil,
      ending: ending)
  }

  /// The next follow-up whose condition holds; those passed over are gone.
  private mutating func nextFollowUp(to answer: String) -> String? {
    while let next = remaining.first {
      guard next.condition.holds(for: answer) else {
        remaining.removeFirst()
        continue
      }
      if next.times == 1 {
        remaining.removeFirst()
      } else {
        remaining[remaining.startIndex].times -= 1
      }
      return next.text
    }
    return nil
  }

  private mutating func worth(
    of action: EpisodeAction, after prompt: String
  ) async throws -> Double? {
    let completion = RewardedCompletion(
      prompt: prompt, completion: action.text, tokenCount: action.tokenCount,
      isFinished: action.isFinished, fields: dialogue.fields)
    return try await reward.evaluate([completion]).totals[0]
  }
}
