/// A human or machine judgment: of two completions of one prompt, which is better.
public struct PreferencePair: Sendable, Hashable {
  /// What both completions continue.
  public let prompt: Passage
  /// The preferred completion.
  public let chosen: Passage
  /// The dispreferred completion, never equal to `chosen`.
  public let rejected: Passage
  /// By how much `chosen` is better, where the annotator said so, in units of the reward.
  public let margin: Double?
  /// How much the pair counts: the row's `weight` times the weight of its `confidence`; 1 without
  /// either.
  public let weight: Double
  /// The share of annotators who preferred `chosen`, from 0 to 1, where several were asked.
  public let agreement: Double?
  /// The chosen completion in other words, where the row has it.
  public let paraphrase: Passage?
  /// The annotator's words for the choice.
  public let reason: String?
  /// What was judged, as the row has it: a name, a list of names, or ratings by name.
  public let criteria: JSONValue?
  /// Where the row stood.
  public let source: SourceLocation

  /// A pair.
  ///
  /// - Parameters:
  ///   - prompt: What both completions continue.
  ///   - chosen: The preferred completion.
  ///   - rejected: The dispreferred completion.
  ///   - margin: By how much `chosen` is better, in units of the reward.
  ///   - weight: How much the pair counts, at least 0.
  ///   - agreement: The share of annotators who preferred `chosen`, from 0 to 1.
  ///   - paraphrase: The chosen completion in other words.
  ///   - reason: The annotator's words.
  ///   - criteria: What was judged.
  ///   - source: Where the row stood.
  public init(
    prompt: Passage, chosen: Passage, rejected: Passage, margin: Double? = nil,
    weight: Double = 1, agreement: Double? = nil, paraphrase: Passage? = nil,
    reason: String? = nil, criteria: JSONValue? = nil, source: SourceLocation
  ) {
    precondition(weight >= 0 && weight.isFinite, "the weight of a pair is \(weight)")
    precondition(
      agreement.map((0...1).contains) ?? true, "the agreement is \(agreement ?? .nan)")
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
    self.margin = margin
    self.weight = weight
    self.agreement = agreement
    self.paraphrase = paraphrase
    self.reason = reason
    self.criteria = criteria
    self.source = source
  }
}
