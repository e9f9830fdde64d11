/// Several models on the same prompts: everything that the tables, the JSON file and the page show.
public struct ModelComparisonResult: Sendable, Hashable, Codable {
  /// How completions were drawn.
  public struct Sampling: Sendable, Hashable, Codable {
    /// What logits were divided by; `nil` for the most likely token.
    public var temperature: Double?
    /// Tokens of a completion at most.
    public var maxNewTokens: Int
    /// Completions of each prompt.
    public var completions: Int
    /// What all draws depend on, those of intervals too.
    public var seed: UInt64

    /// Describes sampling.
    ///
    /// - Parameters:
    ///   - temperature: What logits were divided by; `nil` for the most likely token.
    ///   - maxNewTokens: Tokens of a completion at most.
    ///   - completions: Completions of each prompt.
    ///   - seed: What all draws depend on.
    public init(temperature: Double?, maxNewTokens: Int, completions: Int, seed: UInt64) {
      self.temperature = temperature
      self.maxNewTokens = maxNewTokens
      self.completions = completions
      self.seed = seed
    }
  }

  /// How often one model beat another.
  public struct Pair: Sendable, Hashable, Codable {
    /// One model.
    public var first: String
    /// Another.
    public var second: String
    /// The record from the first one's view.
    public var record: ComparedModelResult.Record
  }

  /// How a judge that is shown two answers depends on their order.
  public struct Judging: Sendable, Hashable, Codable {
    /// How often both orders led to the same answer. Where they did not, the comparison is a tie.
    public var consistency: ShareEstimate?
    /// How often the answer that stood first was preferred, over both orders; ½ for a judge who does not
    /// care about the order.
    public var firstPosition: ShareEstimate?
    /// Comparisons of equal answers, which are ties without a question.
    public var equalAnswers: Int

    /// Describes what was seen.
    ///
    /// - Parameters:
    ///   - consistency: How often both orders led to the same answer.
    ///   - firstPosition: How often the answer that stood first was preferred.
    ///   - equalAnswers: Comparisons of equal answers.
    public init(consistency: ShareEstimate?, firstPosition: ShareEstimate?, equalAnswers: Int) {
      self.consistency = consistency
      self.firstPosition = firstPosition
      self.equalAnswers = equalAnswers
    }
  }

  /// The first answers of all models to one prompt.
  public struct Sample: Sendable, Hashable, Codable {
    /// An answer.
    public struct Answer: Sendable, Hashable, Codable {
      /// Whose it is.
      public var model: String
      /// What it says.
      public var completion: String
      /// The score that decides, where the judge gives scores.
      public var score: Double?
    }

    /// The prompt.
    public var prompt: String
    /// What kind of prompt it is.
    public var kind: String?
    /// One answer a model.
    public var answers: [Answer]
  }

  /// The number of this layout.
  public var formatVersion = 1
  /// Who decides: `gold`, `reward:` or `model:` with a directory.
  public var judge: String
  /// The files of prompts.
  public var data: [String]
  /// How many prompts there are.
  public var prompts: Int
  /// How completions were drawn.
  public var sampling: Sampling
  /// The model that the others are compared with.
  public var baseline: String
  /// The directory of the model that KL is measured from.
  public var reference: String?
  /// The model of the run whose evaluation this is, where it is one's.
  public var subject: String?
  /// The models in the order in which they were given.
  public var models: [ComparedModelResult]
  /// How often each model beat each later one.
  public var pairs: [Pair]
  /// How the judge depends on the order of answers, where it is shown two.
  public var judging: Judging?
  /// What the models say to some of the prompts.
  public var samples: [Sample]
  /// What could not be measured, and why, as sentences without a full stop.
  public var notes: [String]
}
