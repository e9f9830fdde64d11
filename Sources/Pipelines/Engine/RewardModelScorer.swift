public import LanguageModels
public import Tokenization
public import Trainers

/// A reward model, or an ensemble of them, as what scores completions.
public struct RewardModelScorer: EvaluatedRewardModel {
  private let scoring: RewardScoring
  /// The tokens of prompt and completion beyond which a group is too long; `nil` for no limit.
  public let maxLength: Int?

  /// A scorer of a model.
  ///
  /// - Parameters:
  ///   - scoring: The model behind its tokenizer.
  ///   - maxLength: The tokens of prompt and completion beyond which a group is too long.
  public init(_ scoring: RewardScoring, maxLength: Int? = nil) {
    self.scoring = scoring
    self.maxLength = maxLength
  }

  /// What is taken off the mean over members: the mean of what is taken off theirs.
  public var storedCorrection: RewardModelRecord.LengthCorrection? {
    let corrections = scoring.models.flatMap { model in
      Array(repeating: model.record.lengthCorrection, count: model.head.members)
    }
    let known = corrections.compactMap { $0 }
    if known.isEmpty { return nil }
    let count = Double(corrections.count)
    let slope = known.reduce(0) { $0 + $1.slope } / count
    let amount = known.reduce(0) { $0 + $1.slope * $1.origin } / count
    // Σ slope·(t − origin)/n = slope·t − amount.
    return RewardModelRecord.LengthCorrection(slope: slope, origin: slope == 0 ? 0 : amount / slope)
  }

  /// Scores groups in their order, packed, a batch at a time.
  ///
  /// - Parameters:
  ///   - groups: Prompts with their completions.
  ///   - progress: Told after each batch how many groups are done; may throw to stop.
  /// - Returns: For each group one score a completion; `nil` for a group that is too long.
  /// - Throws: What `progress` throws, or `EngineError`.
  public func scores(
    of groups: [PromptCompletions], progress: (_ done: Int) throws -> Void
  ) throws -> [[CompletionScore]?] {
    let encoded = groups.map { scoring.group(prompt: $0.prompt, completions: $0.completions) }
    let places = encoded.indices.filter { index in
      encoded[index].sequences.allSatisfy { $0.count <= maxLength ?? .max }
    }
    var scores = [[CompletionScore]?](repeating: nil, count: groups.count)
    try scoring.score(places.map { encoded[$0] }) { range, batch in
      for (place, group) in zip(places[range], batch) {
        scores[place] = group.map {
          CompletionScore(members: $0.members, tokens: $0.completionTokens)
        }
      }
      // Groups that are too long take no time.
      try progress(range.upperBound == places.count ? groups.count : places[range.upperBound])
    }
    return scores
  }

  /// The last hidden states of the first model.
  ///
  /// - Parameters:
  ///   - groups: Prompts with one completion each.
  ///   - progress: Told after each batch how many groups are done; may throw to stop.
  /// - Returns: For each group the vector of its completion.
  /// - Throws: What `progress` throws, or `EngineError`.
  public func hiddenStates(
    of groups: [PromptCompletions], progress: (_ done: Int) throws -> Void
  ) throws -> [[Double]] {
    let part = 256
    var states: [[Double]] = []
    for start in stride(from: 0, to: groups.count, by: part) {
      let end = min(start + part, groups.count)
      states += try scoring.hiddenStates(
        of: groups[start..<end].map {
          scoring.group(prompt: $0.prompt, completions: $0.completions)
        })
      try progress(end)
    }
    return states
  }
}
