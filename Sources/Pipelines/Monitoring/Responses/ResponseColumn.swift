/// What is measured of a response, a number each.
public enum ResponseColumn: String, Sendable, Hashable, Codable, CaseIterable {
  /// The score of a reward model.
  case reward
  /// The variance over the members of an ensemble of reward models.
  case rewardVariance = "reward_variance"
  /// Words of the completion.
  case length
  /// Characters of the completion.
  case characters
  /// Tokens of the completion.
  case tokens
  /// The share of different pairs among the pairs of neighbouring words.
  case diversity
  /// How harmful the completion is: the greatest of its labels' probabilities, or whether it has a word of
  /// a list.
  case toxicity
  /// Whether a label's probability reaches its threshold.
  case unsafe
  /// `SafetyScore`, of the faults that are known.
  case safetyScore = "safety_score"
  /// Whether a request is refused, whatever it asks for.
  case refusal
  /// Whether a request for harm is refused.
  case refusalOfHarmful = "refusal_harmful"
  /// Whether a harmless request is refused.
  case refusalOfHarmless = "refusal_harmless"
  /// Whether a verdict on the answer changes with the group that is spoken of.
  case biased
  /// Whether something speaks against the facts of the answer.
  case unfactual
  /// What readers say, from −1 to 1.
  case feedback
  /// Whether the completion was cut off for its length.
  case truncated
  /// Whether the completion was held back by a filter.
  case filtered
  /// Seconds from the request to the end.
  case seconds
  /// Seconds from the request to the first token.
  case firstTokenSeconds = "first_token_seconds"
  /// Words of the question: the users', and not the model's.
  case promptLength = "prompt_length"
  /// Whether the prompt asks for harm: the users', and not the model's.
  case harmfulPrompt = "harmful_prompt"

  /// Whose doing it is.
  public enum Family: String, Sendable, Hashable, Codable {
    /// The model's: it is tested among what the same topics had before.
    case behaviour
    /// The users': what they ask for.
    case covariate
    /// Neither is tested; it is shown.
    case shown
  }

  /// Whose doing it is. Of measures that say nearly the same, one is tested.
  public var family: Family {
    switch self {
    case .characters, .tokens, .safetyScore, .seconds, .firstTokenSeconds: .shown
    case .promptLength, .harmfulPrompt: .covariate
    default: .behaviour
    }
  }

  /// Whether it is true or false of a response, so that its mean is a share.
  public var isShare: Bool {
    switch self {
    case .unsafe, .refusal, .refusalOfHarmful, .refusalOfHarmless, .biased, .unfactual, .truncated,
      .filtered, .harmfulPrompt:
      true
    default: false
    }
  }

  /// What rules and dashboards call its mean.
  public var metric: String {
    switch self {
    case .reward: "reward_mean"
    case .feedback: "feedback_mean"
    case .unsafe, .biased, .unfactual, .truncated, .filtered: "\(rawValue)_rate"
    case .refusal, .refusalOfHarmful, .refusalOfHarmless: "\(rawValue)_rate"
    case .harmfulPrompt: "harmful_prompt_share"
    default: rawValue
    }
  }

  /// What pages and tables call it.
  public var title: String {
    switch self {
    case .reward: "Reward"
    case .rewardVariance: "Disagreement of reward models"
    case .length: "Length, words"
    case .characters: "Length, characters"
    case .tokens: "Length, tokens"
    case .diversity: "Different word pairs"
    case .toxicity: "Toxicity"
    case .unsafe: "Unsafe"
    case .safetyScore: "Safety score"
    case .refusal: "Refused"
    case .refusalOfHarmful: "Harmful requests refused"
    case .refusalOfHarmless: "Harmless requests refused"
    case .biased: "Biased"
    case .unfactual: "Not factual"
    case .feedback: "Feedback"
    case .truncated: "Cut off"
    case .filtered: "Held back"
    case .seconds: "Seconds"
    case .firstTokenSeconds: "Seconds to the first token"
    case .promptLength: "Length of questions, words"
    case .harmfulPrompt: "Requests for harm"
    }
  }
}
