internal import LanguageModels
internal import RunRecords
internal import Tokenization

/// Sequences that a reference scores together, since they begin alike.
struct ReferenceGroup {
  let sequences: [PackedBatch.Sequence]
  /// How many of each sequence's scored tokens are summed by themselves as well, if asked for.
  var firstTokens: Int?
}

extension ReferenceCache {
  /// Lends the cache of a model, and keeps what was computed, even where the pass was stopped.
  ///
  /// - Parameters:
  ///   - folder: Where caches lie; it need not exist yet.
  ///   - model: What identifies the weights and how they are computed with.
  ///   - report: Told if the disk does not take the cache, which stops nothing.
  ///   - body: Reads the cache and adds to it.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` and `report` throw.
  static func lending<Scores>(
    _ folder: String, of model: ModelFingerprint, report: (TrainingEvent) throws -> Void,
    to body: (inout ReferenceCache) throws -> Scores
  ) throws -> Scores {
    var cache = ReferenceCache(folder: folder, model: model)
    let scores = Result { try body(&cache) }
    do throws(RunRecordError) {
      try cache.save()
    } catch {
      try report(
        .note(
          "the reference's log probabilities could not be kept, so that the next run computes them "
            + "again: \(error)"))
    }
    return try scores.get()
  }

  /// Scores what is not known of some groups.
  ///
  /// - Parameters:
  ///   - groups: Groups of sequences, for instance one an item.
  ///   - model: Gives the reference; not called when everything is known.
  ///   - report: Told (scored, to be scored, found) in groups; may throw to stop.
  /// - Throws: What `model` and `report` throw, or an engine error.
  mutating func complete(
    _ groups: [ReferenceGroup], model: () throws -> CausalLanguageModel,
    report: (_ done: Int, _ total: Int, _ cached: Int) throws -> Void
  ) throws {
    let missing = groups.filter { !holds($0) }
    let cached = groups.count - missing.count
    try report(0, missing.count, cached)
    guard !missing.isEmpty else { return }
    try SequenceScoring(model: model()).score(missing.map(\.sequences)) { range, scores in
      for (group, scores) in zip(missing[range], scores) { keep(scores, of: group) }
      try report(range.upperBound, missing.count, cached)
    }
  }

  private func holds(_ group: ReferenceGroup) -> Bool {
    group.sequences.allSatisfy { sequence in
      guard self[sequence] != nil else { return false }
      guard let count = group.firstTokens, sequence.scoredTokens != count else { return true }
      return self[sequence, first: count] != nil
    }
  }

  private mutating func keep(_ scores: [SequenceScoring.Score], of group: ReferenceGroup) {
    for (sequence, score) in zip(group.sequences, scores) {
      self[sequence] = score.logProbability
      if let count = group.firstTokens, score.tokens > count {
        self[sequence, first: count] =
          score.tokenLogProbabilities.prefix(count).reduce(0) { $0 + Double($1) }
      }
    }
  }
}
