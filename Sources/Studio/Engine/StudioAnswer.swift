/// An answer with what it is worth.
public struct StudioAnswer: Sendable, Hashable {
  /// The completion as it was sampled.
  public var text: String
  /// The total of the sandbox's judge, from 0 to 1.
  public var gold: Double
  /// What the reward model says, in deviations from the mean of what it has seen; `nil` where none was asked.
  public var reward: Double?

  /// An answer.
  ///
  /// - Parameters:
  ///   - text: The completion as it was sampled.
  ///   - gold: The total of the sandbox's judge, from 0 to 1.
  ///   - reward: What the reward model says.
  public init(_ text: String, gold: Double, reward: Double? = nil) {
    self.text = text
    self.gold = gold
    self.reward = reward
  }
}

/// Two different answers to a prompt that nobody has compared yet.
public struct DraftedPair: Sendable, Hashable {
  /// What they answer, as the model was given it.
  public var prompt: String
  /// What is called A.
  public var first: StudioAnswer
  /// What is called B.
  public var second: StudioAnswer

  /// A pair.
  ///
  /// - Parameters:
  ///   - prompt: What they answer, as the model was given it.
  ///   - first: What is called A.
  ///   - second: What is called B.
  public init(prompt: String, first: StudioAnswer, second: StudioAnswer) {
    self.prompt = prompt
    self.first = first
    self.second = second
  }
}
