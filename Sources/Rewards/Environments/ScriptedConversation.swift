public import PreferenceData

/// The user's side of one dialogue that goes by a script: what is said to each answer, and when it ends.
///
///     var conversation = ScriptedConversation(dialogue)
///     let (observation, ending) = conversation.reply(to: answer)
///
/// It is terminated when the script has nothing more to say, and truncated when it has but the limit of
/// turns is reached.
public struct ScriptedConversation: Sendable, Hashable {
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

  /// What is talked about.
  public let dialogue: ScriptedDialogue
  /// How many answers there are at most.
  public let turnLimit: Int
  /// What the user's text is put between.
  public let marks: Marks

  private var remaining: ArraySlice<ScriptedDialogue.FollowUp>
  private var turns = 0

  /// A conversation before the first answer.
  ///
  /// - Parameters:
  ///   - dialogue: What is talked about.
  ///   - turnLimit: How many answers there are at most, at least 1.
  ///   - marks: What the user's text is put between.
  public init(_ dialogue: ScriptedDialogue, turnLimit: Int = 8, marks: Marks = Marks()) {
    precondition(turnLimit > 0, "a conversation of \(turnLimit) turns")
    self.dialogue = dialogue
    self.turnLimit = turnLimit
    self.marks = marks
    remaining = dialogue.followUps[...]
  }

  /// Takes an answer.
  ///
  /// - Parameter answer: The answer.
  /// - Returns: What the user says to it, with the marks of turns, or would have said where the limit
  ///   ends the conversation; and whether it ends.
  public mutating func reply(to answer: String) -> (observation: String, ending: EpisodeEnding) {
    turns += 1
    guard let text = nextFollowUp(to: answer) else { return ("", .terminated) }
    return (marks.before + text + marks.after, turns >= turnLimit ? .truncated : .none)
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
}
