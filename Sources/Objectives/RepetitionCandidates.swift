/// The tokens that would repeat what a completion has said before.
///
/// Welleck et al. (2019, arXiv:1908.04319, section 5.1) lower the probability of the previous tokens.
/// Here these are the tokens of the same completion, not of its prompt, from which an answer may
/// well quote:
///
///     C_t = {y_1, …, y_{t−1}} ∖ {y_t}
///
/// A completion of T tokens, U of them distinct, has fewer than T · U candidates.
///
///     var candidates = RepetitionCandidates()
///     candidates.append([5, 7, 5, 9])
///     candidates.ids      // [5, 7, 5, 7]
///     candidates.offsets  // [0, 0, 1, 2, 4]
public struct RepetitionCandidates: Equatable, Sendable {
  /// The candidates of each token, one token after another; those of one token in the order in which
  /// they first came, each once.
  public private(set) var ids: [Int32] = []
  /// Where each token's candidates start in ``ids``, and at the end the number of all.
  public private(set) var offsets = [0]

  /// The candidates of no tokens.
  public init() {}

  /// The number of tokens that have candidates, if only none.
  public var tokenCount: Int { offsets.count - 1 }

  /// Adds the tokens of one more completion.
  ///
  /// - Parameters:
  ///   - completion: The token ids of the completion.
  ///   - unscored: How many tokens at the start are not scored, as the first of a text without a
  ///     prompt: they may be repeated later, but have no candidates of their own.
  public mutating func append(_ completion: some Collection<Int32>, unscored: Int = 0) {
    precondition(
      (0...completion.count).contains(unscored),
      "\(unscored) of \(completion.count) tokens are not scored")
    var seen: Set<Int32> = []
    var earlier: [Int32] = []
    for (position, id) in completion.enumerated() {
      if position >= unscored {
        for candidate in earlier where candidate != id { ids.append(candidate) }
        offsets.append(ids.count)
      }
      if seen.insert(id).inserted { earlier.append(id) }
    }
  }
}
