internal import LanguageModels
internal import Objectives
internal import Tokenization

/// log π_ref of both sides of each pair, computed once before the first step, so that the
/// reference model is run once a pair whatever the number of epochs, and need not be in memory.
struct ReferenceLogProbabilities {
  private struct Sides {
    var chosen: Double
    var rejected: Double
  }

  private var training: [Int: Sides] = [:]
  private var heldOut: [Int: Sides] = [:]

  /// Looks pairs up in a cache and scores those that are not there.
  ///
  /// - Parameters:
  ///   - trainingPairs: The training pairs, of which `visited` are needed.
  ///   - visited: Indices of training pairs.
  ///   - heldOutPairs: All of them are needed.
  ///   - cache: Where known values are found and new ones are kept.
  ///   - model: Gives the reference; not called when everything is cached.
  ///   - report: Told (scored, to be scored, found) in sequences; may throw to stop.
  /// - Throws: What `model` and `report` throw, or an engine error.
  init(
    training trainingPairs: [TokenizedPair], visited: [Int], heldOut heldOutPairs: [TokenizedPair],
    cache: inout ReferenceCache, model: () throws -> CausalLanguageModel,
    report: (_ done: Int, _ total: Int, _ cached: Int) throws -> Void
  ) throws {
    let pairs = visited.map { trainingPairs[$0] } + heldOutPairs
    let missing = pairs.filter { pair in pair.sequences.contains { cache[$0] == nil } }
    let cached = pairs.count - missing.count
    try report(0, missing.count, cached)
    if !missing.isEmpty {
      try SequenceScoring(model: model()).score(missing.map(\.sequences)) { groups, scores in
        for (pair, sides) in zip(missing[groups], scores) {
          for (sequence, score) in zip(pair.sequences, sides) {
            cache[sequence] = score.logProbability
          }
        }
        try report(groups.upperBound, missing.count, cached)
      }
    }
    func sides(_ pair: TokenizedPair) -> Sides {
      let values = pair.sequences.map { cache[$0] }
      guard case (let chosen?, let rejected?) = (values[0], values[1]) else {
        preconditionFailure("every pair is cached or scored")
      }
      return Sides(chosen: chosen, rejected: rejected)
    }
    for index in visited { training[index] = sides(trainingPairs[index]) }
    for (index, pair) in heldOutPairs.enumerated() { heldOut[index] = sides(pair) }
  }

  /// The values of some training pairs, in the shape of what the policy says about them.
  func training(_ indices: [Int], like policy: PairLogProbabilities) -> PairLogProbabilities {
    Self.gathered(indices, from: training, like: policy)
  }

  /// The values of some held-out pairs, in the shape of what the policy says about them.
  func heldOut(_ indices: [Int], like policy: PairLogProbabilities) -> PairLogProbabilities {
    Self.gathered(indices, from: heldOut, like: policy)
  }

  private static func gathered(
    _ indices: [Int], from sides: [Int: Sides], like policy: PairLogProbabilities
  ) -> PairLogProbabilities {
    let values = indices.map { index in
      guard let value = sides[index] else { preconditionFailure("pair \(index) was not scored") }
      return value
    }
    return PairLogProbabilities(
      chosen: values.map(\.chosen), rejected: values.map(\.rejected),
      chosenTokens: policy.chosenTokens, rejectedTokens: policy.rejectedTokens)
  }
}
