/// A preference pair as token ids.
public struct TokenizedPair: Equatable, Sendable {
  /// The ids that both sides are conditioned on.
  public let prompt: [Int32]
  /// The preferred completion's ids, with its end of sequence unless that was cut off.
  public let chosen: [Int32]
  /// The other completion's ids.
  public let rejected: [Int32]
  /// How much the pair counts.
  public let weight: Double
  /// By how much the chosen side is better, in units of the reward, where the data say so.
  public let margin: Double?
  /// The probability that the chosen side is the better one.
  public let probability: Double

  /// Joins the ids of a pair.
  ///
  /// - Parameters:
  ///   - prompt: The ids that both sides are conditioned on.
  ///   - chosen: The preferred completion's ids.
  ///   - rejected: The other completion's ids.
  ///   - weight: How much the pair counts.
  ///   - margin: By how much the chosen side is better, in units of the reward.
  ///   - probability: The probability that the chosen side is the better one.
  public init(
    prompt: [Int32], chosen: [Int32], rejected: [Int32], weight: Double = 1, margin: Double? = nil,
    probability: Double = 1
  ) {
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
    self.weight = weight
    self.margin = margin
    self.probability = probability
  }

  /// The group that a ``PackedBatch`` packs: chosen first.
  public var sequences: [PackedBatch.Sequence] {
    [.init(prompt: prompt, completion: chosen), .init(prompt: prompt, completion: rejected)]
  }

  /// Prompt and completion of both sides: what `num_tokens` counts.
  public var tokenCount: Int { 2 * prompt.count + chosen.count + rejected.count }
}
