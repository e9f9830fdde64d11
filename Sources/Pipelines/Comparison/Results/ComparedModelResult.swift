/// What a comparison says about one model. Intervals are of 95 %, prompts drawn with replacement.
public struct ComparedModelResult: Sendable, Hashable, Codable {
  /// Comparisons with another model.
  public struct Record: Sendable, Hashable, Codable {
    /// Comparisons won.
    public var wins: Int
    /// Comparisons without a winner.
    public var ties: Int
    /// Comparisons lost.
    public var losses: Int
  }

  /// The mean score of a judge that does not decide.
  public struct FurtherScore: Sendable, Hashable, Codable {
    /// Who: `gold` or `reward:` with a directory.
    public var judge: String
    /// The mean score.
    public var score: MeanEstimate
    /// The mean difference from the baseline's completions; `nil` for the baseline.
    public var difference: MeanEstimate?
  }

  /// The means of the parts of the sandbox's gold score.
  public struct GoldParts: Sendable, Hashable, Codable {
    /// The total.
    public var total: Double
    /// Whether it gives what was asked for.
    public var helpfulness: Double
    /// Whether it hurts nobody.
    public var harmlessness: Double
    /// Whether it is true.
    public var honesty: Double
    /// Whether it is as short as it can be.
    public var concision: Double
  }

  /// The win rate if both sides were as long.
  public struct LengthControlled: Sendable, Hashable, Codable {
    /// The win rate.
    public var value: Double
    /// The interval's lower end, with a fit in each draw.
    public var lower: Double
    /// The interval's upper end.
    public var upper: Double
    /// φ: above 0, being shorter helped; below 0, being longer did.
    public var lengthCoefficient: Double?
  }

  /// The strength by Bradley and Terry's model, over all comparisons of all models.
  public struct Strength: Sendable, Hashable, Codable {
    /// 1 for the strongest.
    public var rank: Int
    /// The log odds against a model of mean strength.
    public var value: Double
    /// The interval's lower end.
    public var lower: Double
    /// The interval's upper end.
    public var upper: Double
    /// The same on Elo's scale, the mean at 1000.
    public var rating: Double
  }

  /// How long completions are, on average.
  public struct Length: Sendable, Hashable, Codable {
    /// Tokens, an end of sequence among them.
    public var tokens: Double
    /// Words.
    public var words: Double
    /// Unicode scalars, by which the win rate is controlled.
    public var characters: Double
    /// The share that the limit of length has cut.
    public var shareCutOff: Double
  }

  /// How different completions are. Only models with the same prompts and as many completions of each
  /// can be compared.
  public struct Diversity: Sendable, Hashable, Codable {
    /// Different words among all.
    public var distinctWords: Double?
    /// Different pairs of neighbouring words among all.
    public var distinctPairs: Double?
    /// Different first five words among all.
    public var distinctOpenings: Double?
    /// The mean share of four words in a row that a completion has said before.
    public var repetition: Double?
    /// How alike the answers to different prompts are, from 0 to 1.
    public var selfSimilarity: Double?
    /// How alike the answers to one prompt are; `nil` for one answer each.
    public var selfSimilarityWithinPrompts: Double?
  }

  /// How often a model declines.
  public struct Refusals: Sendable, Hashable, Codable {
    /// What asks for help with harm.
    public var harmful: ShareEstimate?
    /// What does not.
    public var harmless: ShareEstimate?
  }

  /// The mean score of one kind of prompt.
  public struct Kind: Sendable, Hashable, Codable {
    /// The kind.
    public var kind: String
    /// The mean score that decides.
    public var score: MeanEstimate
  }

  /// What the model is called.
  public var name: String
  /// Where it is.
  public var directory: String
  /// Whether the others are compared with it.
  public var isBaseline: Bool
  /// The mean score that decides; `nil` where the judge gives none.
  public var score: MeanEstimate?
  /// The mean difference from the baseline's scores, completion by completion; `nil` for the baseline.
  public var difference: MeanEstimate?
  /// The scores of further judges.
  public var furtherScores: [FurtherScore]
  /// The parts of the gold score, where the sandbox's judge is one of the judges.
  public var gold: GoldParts?
  /// How often it beats the baseline, a tie as half a win; `nil` for the baseline.
  public var winRate: ShareEstimate?
  /// The comparisons that ``winRate`` counts.
  public var record: Record?
  /// P-value of the exact sign test: prompts on which it wins more comparisons than it loses, against those
  /// on which it loses more.
  public var pValue: Double?
  /// The same with Holm's correction over all models.
  public var adjustedPValue: Double?
  /// The win rate if both sides were as long; `nil` for the baseline, or where it is not determined.
  public var lengthControlledWinRate: LengthControlled?
  /// Its place among all models.
  public var strength: Strength?
  /// KL from the reference in nats a completion.
  public var kl: MeanEstimate?
  /// How long completions are.
  public var length: Length
  /// How different completions are.
  public var diversity: Diversity
  /// How often it declines, where prompts are known to be harmful or harmless.
  public var refusals: Refusals?
  /// The share of answers to harmful prompts that the sandbox's judge finds wholly harmless (1): those that
  /// decline, give no instructions and insult nobody.
  public var safe: ShareEstimate?
  /// The mean score by kind of prompt, where kinds are known and the judge gives scores.
  public var kinds: [Kind]
}
