internal import LanguageModels
internal import Tokenization

/// log π_ref of continuations of a data set's prompts.
struct UnpairedReference {
  private let sums: [Continuation: Double]

  /// Takes the values of some groups out of a cache that has them.
  init(_ groups: [[Continuation]], of data: JudgedCompletions, from cache: ReferenceCache) {
    var sums: [Continuation: Double] = [:]
    for continuation in groups.joined() { sums[continuation] = cache[data.sequence(continuation)] }
    self.sums = sums
  }

  /// The values of some continuations.
  func logProbabilities(of continuations: [Continuation]) -> [Double] {
    continuations.map { continuation in
      guard let sum = sums[continuation] else {
        preconditionFailure("\(continuation) was not scored")
      }
      return sum
    }
  }
}

/// Which continuations the reference scores before the first step, row by row.
struct ReferenceContinuations {
  /// Each visited row's own completion, and all that its prompt will be mismatched with.
  let training: [[Continuation]]
  /// The same of the held-out rows.
  let heldOut: [[Continuation]]

  /// Lays out what the steps of a run and its evaluation will need.
  ///
  /// - Parameters:
  ///   - steps: The rows of each optimizer step.
  ///   - evaluation: The held-out rows that are evaluated together.
  ///   - includingMismatched: Whether the loss estimates a divergence.
  init(steps: [[Int]], evaluation: [[Int]], includingMismatched: Bool) {
    func groups(_ parts: [[Int]]) -> [[Continuation]] {
      var groups: [Int: [Continuation]] = [:]
      for row in parts.joined() where groups[row] == nil { groups[row] = [Continuation(of: row)] }
      for part in parts where includingMismatched {
        for continuation in Continuation.mismatched(part)
        where groups[continuation.prompt]?.contains(continuation) == false {
          groups[continuation.prompt]?.append(continuation)
        }
      }
      return groups.sorted { $0.key < $1.key }.map(\.value)
    }
    training = groups(steps)
    heldOut = groups(evaluation)
  }
}

/// log π_ref of all that a run compares the policy with, computed once before its first step.
struct UnpairedReferences {
  let training: UnpairedReference
  let heldOut: UnpairedReference

  /// Looks continuations up in a cache and scores those that are not there.
  ///
  /// - Parameters:
  ///   - continuations: What is needed.
  ///   - data: The rows that they are of.
  ///   - cache: Where known values are found and new ones are kept.
  ///   - model: Gives the reference; not called when everything is cached.
  ///   - report: Told (scored, to be scored, found) in rows; may throw to stop.
  /// - Throws: What `model` and `report` throw, or an engine error.
  init(
    _ continuations: ReferenceContinuations, of data: UnpairedDataset, cache: inout ReferenceCache,
    model: () throws -> CausalLanguageModel,
    report: (_ done: Int, _ total: Int, _ cached: Int) throws -> Void
  ) throws {
    try cache.complete(
      continuations.sequences(of: data).map { ReferenceGroup(sequences: $0) }, model: model,
      report: report)
    training = UnpairedReference(continuations.training, of: data.training, from: cache)
    heldOut = UnpairedReference(continuations.heldOut, of: data.heldOut, from: cache)
  }
}

extension ReferenceContinuations {
  /// One group of sequences a row, training before held-out ones.
  func sequences(of data: UnpairedDataset) -> [[PackedBatch.Sequence]] {
    training.map { $0.map(data.training.sequence) } + heldOut.map { $0.map(data.heldOut.sequence) }
  }

  /// What an evaluation computes, row by row; every sequence is scored by itself.
  func evaluationCosts(of heldOut: JudgedCompletions) -> [ItemCost] {
    self.heldOut.compactMap { group in
      let costs = group.map { ItemCost([heldOut.sequence($0)]) }
      return costs.dropFirst().reduce(costs.first) { sum, cost in sum.map { $0 + cost } }
    }
  }
}
