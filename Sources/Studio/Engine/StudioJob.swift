/// Something that takes a model.
public enum StudioJob: Sendable, Hashable {
  /// Several answers to a prompt, of the model as it is.
  case answer(prompt: String, count: Int, seed: UInt64)
  /// Pairs of different answers to prompts of the world.
  case pairs(count: Int, seed: UInt64)
  /// Reward models of the first so many choices, one for each count.
  case learn(choices: [StudioChoice], counts: [Int])
  /// Steps of a policy against a reward model, and answers to a prompt before and after.
  case practise(rewardModel: String, prompt: String, count: Int, seed: UInt64)
}

/// What comes of a job, while it goes on.
public enum StudioUpdate: Sendable, Hashable {
  /// How far it is.
  case progress(StudioProgress)
  /// Answers to the prompt.
  case answers([StudioAnswer])
  /// Pairs to choose from.
  case pairs([DraftedPair])
  /// A reward model has learned.
  case learned(LearningPoint)
  /// The policy was measured, or has taken a step.
  case practised(PracticeStep)
  /// Answers to the prompt of the model as it was and as it is now, as many of each.
  case answersAgain(before: [StudioAnswer], after: [StudioAnswer])
}

/// How far something is that takes time.
public struct StudioProgress: Sendable, Hashable {
  /// What is being done, in a few words.
  public var activity: String
  /// How much of it is done.
  public var done: Int
  /// How much there is of it; 0 where that is not known.
  public var total: Int

  /// A progress.
  ///
  /// - Parameters:
  ///   - activity: What is being done, in a few words.
  ///   - done: How much of it is done.
  ///   - total: How much there is of it; 0 where that is not known.
  public init(_ activity: String, done: Int = 0, total: Int = 0) {
    self.activity = activity
    self.done = done
    self.total = total
  }
}
