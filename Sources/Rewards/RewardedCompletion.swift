public import PreferenceData

/// What a reward looks at: a completion, the prompt it continues, and what is known of both.
public struct RewardedCompletion: Sendable, Hashable {
  /// What the completion continues.
  public var prompt: String
  /// What was sampled, as text, without the end of sequence.
  public var completion: String
  /// The length of the completion in the policy's tokens; `nil` where the text alone is known.
  public var tokenCount: Int?
  /// Whether it ended by itself; false where a limit of length cut it.
  public var isFinished: Bool
  /// The further fields of the prompt's row.
  public var fields: JSONObject
  /// The mean log probability of a token of the completion under the reference, in nats; `nil` where
  /// nobody computed it.
  public var referenceLogProbability: Double?

  /// Joins a completion and its prompt.
  ///
  /// - Parameters:
  ///   - prompt: What the completion continues.
  ///   - completion: What was sampled, as text, without the end of sequence.
  ///   - tokenCount: The length of the completion in tokens.
  ///   - isFinished: Whether it ended by itself.
  ///   - fields: The further fields of the prompt's row.
  ///   - referenceLogProbability: The mean over tokens of log π_ref, in nats.
  public init(
    prompt: String, completion: String, tokenCount: Int? = nil, isFinished: Bool = true,
    fields: JSONObject = [:], referenceLogProbability: Double? = nil
  ) {
    self.prompt = prompt
    self.completion = completion
    self.tokenCount = tokenCount
    self.isFinished = isFinished
    self.fields = fields
    self.referenceLogProbability = referenceLogProbability
  }
}
