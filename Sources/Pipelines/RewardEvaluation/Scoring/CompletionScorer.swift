/// Completions of one prompt, to be scored.
public struct CompletionGroup: Sendable, Hashable {
  /// What the completions continue.
  public var prompt: String
  /// At least one.
  public var completions: [String]

  /// Describes a group.
  ///
  /// - Parameters:
  ///   - prompt: What the completions continue.
  ///   - completions: At least one.
  public init(prompt: String, completions: [String]) {
    self.prompt = prompt
    self.completions = completions
  }
}

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

/// What scores completions: a reward model behind its tokenizer.
public protocol CompletionScorer {
  /// What the model takes off its scores for length; `nil` for nothing.
  var storedCorrection: LengthAdjustment? { get }
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
    of groups: [CompletionGroup], progress: (_ done: Int) throws -> Void
  ) throws -> [[CompletionScore]?]

  /// What the model reads the scores from, as far as it is one vector: the last hidden state.
  ///
  /// - Parameters:
  ///   - groups: Prompts with one completion each, none of them too long.
  ///   - progress: Told after each batch how many groups are done; may throw to stop.
  /// - Returns: For each group the vector of its completion.
  /// - Throws: What `progress` throws, or what goes wrong in the engine.
  func hiddenStates(
    of groups: [CompletionGroup], progress: (_ done: Int) throws -> Void
  ) throws -> [[Double]]
}

/// A score's dependence on length that is taken off: slope · (tokens − origin).
public struct LengthAdjustment: Sendable, Hashable, Codable {
  /// Score a completion token.
  public var slope: Double
  /// The number of completion tokens at which nothing is taken off.
  public var origin: Double

  /// Describes a correction.
  ///
  /// - Parameters:
  ///   - slope: Score a completion token.
  ///   - origin: The number of completion tokens at which nothing is taken off.
  public init(slope: Double, origin: Double) {
    self.slope = slope
    self.origin = origin
  }

  /// What is taken off the score of a completion.
  ///
  /// - Parameter tokens: Its tokens.
  /// - Returns: slope · (tokens − origin).
  public func amount(tokens: Int) -> Double { slope * (Double(tokens) - origin) }
}
