internal import LanguageModels
internal import Objectives
internal import Tokenization

/// log π_ref of both sides of some pairs of a data set.
struct PairReference {
  fileprivate struct Sides {
    var chosen: Double
    var rejected: Double
  }

  /// By the pair's index.
  fileprivate var sides: [Int: Sides] = [:]

  /// The values of some pairs, in the shape of what the policy says about them.
  func logProbabilities(
    of pairs: [Int], like policy: PairLogProbabilities
  ) -> PairLogProbabilities {
    let values = pairs.map { pair in
      guard let value = sides[pair] else { preconditionFailure("pair \(pair) was not scored") }
      return value
    }
    return PairLogProbabilities(
      chosen: values.map(\.chosen), rejected: values.map(\.rejected),
      chosenTokens: policy.chosenTokens, rejectedTokens: policy.rejectedTokens)
  }
}

/// log π_ref of both sides of each pair, computed once before the first step, so that the
/// reference model is run once a pair whatever the number of epochs, and need not be in memory.
struct ReferenceLogProbabilities {
  /// Of the training pairs that are visited.
  private(set) var training = PairReference()
  /// Of all held-out pairs.
  private(set) var heldOut = PairReference()

  /// Looks pairs up in a cache and scores those that are not there.
  ///
  /// - Parameters:
  ///   - trainingPairs: The training pairs, of which `visited` are needed.
  ///   - visited: Indices of training pairs.
  ///   - heldOutPairs: All of them are needed.
  ///   - lengthDesensitization: How much the tokens count by which one side is longer, if less.
  ///   - cache: Where known values are found and new ones are kept.
  ///   - model: Gives the reference; not called when everything is cached.
  ///   - report: Told (scored, to be scored, found) in pairs; may throw to stop.
  /// - Throws: What `model` and `report` throw, or an engine error.
  init(
    training trainingPairs: [TokenizedPair], visited: [Int], heldOut heldOutPairs: [TokenizedPair],
    lengthDesensitization: LengthDesensitization?, cache: inout ReferenceCache,
    model: () throws -> CausalLanguageModel,
    report: (_ done: Int, _ total: Int, _ cached: Int) throws -> Void
  ) throws {
    let groups = (visited.map { trainingPairs[$0] } + heldOutPairs).map { pair in
      ReferenceGroup(
        sequences: pair.sequences,
        firstTokens: lengthDesensitization.map { _ in pair.sharedLength })
    }
    try cache.complete(groups, model: model, report: report)
    func sides(_ pair: TokenizedPair) -> PairReference.Sides {
      let values = pair.sequences.map { sequence in
        guard let sum = cache[sequence] else {
          preconditionFailure("every pair is cached or scored")
        }
        guard let alpha = lengthDesensitization?.alpha else { return sum }
        // The policy's side of this is `LengthDesensitization.tokenWeights`.
        let shared = cache[sequence, first: pair.sharedLength] ?? sum
        return shared + alpha * (sum - shared)
      }
      return PairReference.Sides(chosen: values[0], rejected: values[1])
    }
    for index in visited { training.sides[index] = sides(trainingPairs[index]) }
    for (index, pair) in heldOutPairs.enumerated() { heldOut.sides[index] = sides(pair) }
  }
}

extension TokenizedPair {
  /// The scored tokens of the shorter side.
  fileprivate var sharedLength: Int { sequences.map(\.scoredTokens).min() ?? 0 }
}
