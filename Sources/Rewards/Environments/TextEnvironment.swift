/// Something that a policy talks to in turns.
///
/// What an observation or an action says is appended to the context as it stands; observations bring
/// the marks between turns with them, so that the context is what the policy continues.
public protocol TextEnvironment {
  /// Begins an episode.
  ///
  /// - Parameter seed: Decides everything that is left to chance.
  /// - Returns: What the policy sees first.
  /// - Throws: What the environment cannot do, as a sentence.
  mutating func reset(seed: UInt64) async throws -> String

  /// Takes what the policy says.
  ///
  /// - Parameter action: The policy's turn.
  /// - Returns: What comes of it.
  /// - Throws: What the environment cannot do, as a sentence.
  mutating func step(_ action: EpisodeAction) async throws -> EnvironmentStep
}

extension TextEnvironment {
  /// Takes a text of which nothing else is known.
  ///
  /// - Parameter text: The policy's turn.
  /// - Returns: What comes of it.
  /// - Throws: What the environment cannot do, as a sentence.
  public mutating func step(_ text: String) async throws -> EnvironmentStep {
    try await step(EpisodeAction(text))
  }

  /// Plays one episode.
  ///
  /// - Parameters:
  ///   - seed: Decides everything that is left to chance in the environment.
  ///   - policy: Continues the context: all observations and actions so far.
  /// - Returns: What was said and what it was worth.
  /// - Throws: What the environment or the policy throws.
  public mutating func episode(
    seed: UInt64, policy: (String) async throws -> EpisodeAction
  ) async throws -> Episode {
    var episode = Episode()
    var observation = try await reset(seed: seed)
    while true {
      let action = try await policy(episode.context + observation)
      let step = try await step(action)
      episode.turns.append(
        .init(observation: observation, action: action, reward: step.reward))
      guard step.ending == .none else {
        episode.ending = step.ending
        episode.lastObservation = step.observation
        return episode
      }
      observation = step.observation
    }
  }
}

/// What a policy says in its turn.
public struct EpisodeAction: Sendable, Hashable {
  /// The text, without the end of sequence.
  public var text: String
  /// Its length in the policy's tokens; `nil` where nobody counted them.
  public var tokenCount: Int?
  /// Whether it ended by itself; false where a limit of length cut it.
  public var isFinished: Bool

  /// A turn.
  ///
  /// - Parameters:
  ///   - text: The text, without the end of sequence.
  ///   - tokenCount: Its length in tokens.
  ///   - isFinished: Whether it ended by itself.
  public init(_ text: String, tokenCount: Int? = nil, isFinished: Bool = true) {
    self.text = text
    self.tokenCount = tokenCount
    self.isFinished = isFinished
  }
}

/// What comes of an action.
public struct EnvironmentStep: Sendable, Hashable {
  /// What the policy sees next; of an episode that was cut, what it would have seen.
  public var observation: String
  /// What the action was worth; `nil` where no reward has anything to say.
  public var reward: Double?
  /// Whether and why the episode ended.
  public var ending: EpisodeEnding

  /// A step.
  ///
  /// - Parameters:
  ///   - observation: What the policy sees next.
  ///   - reward: What the action was worth.
  ///   - ending: Whether and why the episode ended.
  public init(observation: String, reward: Double?, ending: EpisodeEnding) {
    self.observation = observation
    self.reward = reward
    self.ending = ending
  }
}

/// Whether and why an episode ended.
///
/// The two ends differ for advantages: after a termination nothing more can be earned, after a
/// truncation the value of what would have come is bootstrapped.
public enum EpisodeEnding: String, Sendable, Hashable, Codable {
  /// It goes on.
  case none
  /// Everything was said.
  case terminated
  /// A limit cut it.
  case truncated
}
