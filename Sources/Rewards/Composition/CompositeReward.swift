internal import Evaluations

/// Several rewards that count together:
///
///     total = Σ_k weight_k · clip(normalize(raw_k)) − [not finished] · missing-end penalty
///
/// A part without anything to say about a completion adds nothing to it; a completion about which no
/// part has anything to say has no total. The penalty is a cost, so it is given as a positive number.
public struct CompositeReward {
  /// What counts, at least one part; names differ.
  public private(set) var parts: [RewardPart]
  /// What is taken off a completion that did not end by itself.
  public let missingEndPenalty: Double
  /// What was seen of each part that is normalized as it runs, by name.
  ///
  /// Keep it with the run's progress, and set it when the run is resumed.
  public var running: [String: RunningScores] = [:]

  /// Joins rewards.
  ///
  /// - Parameters:
  ///   - parts: At least one.
  ///   - missingEndPenalty: What is taken off a completion that did not end by itself; at least 0.
  /// - Throws: ``RewardError/sameName(_:)``.
  public init(_ parts: [RewardPart], missingEndPenalty: Double = 0) throws(RewardError) {
    precondition(!parts.isEmpty, "a reward of no parts")
    precondition(
      missingEndPenalty >= 0 && missingEndPenalty.isFinite, "a penalty of \(missingEndPenalty)")
    var names: Set<String> = []
    for part in parts where !names.insert(part.reward.name).inserted {
      throw .sameName(part.reward.name)
    }
    self.parts = parts
    self.missingEndPenalty = missingEndPenalty
  }

  /// Scores a batch, and adds it to what running normalizations have seen.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: Totals, and what each part gave. After an error nothing was added.
  /// - Throws: ``RewardError``, and whatever a reward throws.
  public mutating func evaluate(_ batch: [RewardedCompletion]) async throws -> CompositeScores {
    var raw: [[Double?]] = []
    for part in parts { raw.append(try await part.reward.checkedScores(of: batch)) }
    let scored = zip(parts, raw).map { part, raw in
      CompositeScores.Part(
        name: part.reward.name, weight: part.weight, raw: raw, used: used(raw, by: part))
    }
    let totals = batch.indices.map { row -> Double? in
      let contributions = scored.compactMap { part in part.used[row].map { part.weight * $0 } }
      guard !contributions.isEmpty else { return nil }
      return contributions.reduce(0, +) - (batch[row].isFinished ? 0 : missingEndPenalty)
    }
    return CompositeScores(parts: scored, totals: totals)
  }

  /// The same reward with running normalizations held where they stand, so that scores of different times
  /// can be compared.
  ///
  /// - Parameter seen: What was seen of each part that is normalized as it runs, by name.
  /// - Returns: A reward without running normalizations.
  public func fixed(by seen: [String: RunningScores]) -> CompositeReward {
    var fixed = self
    fixed.parts = parts.map { part in
      guard part.normalization == .running else { return part }
      var part = part
      part.normalization = seen[part.reward.name].map { .fixed($0.normalization) } ?? .none
      return part
    }
    return fixed
  }

  private mutating func used(_ raw: [Double?], by part: RewardPart) -> [Double?] {
    let normalized: [Double?]
    switch part.normalization {
    case .none: normalized = raw
    case .fixed(let normalization): normalized = raw.map { $0.map(normalization.normalize) }
    case .running:
      var seen = running[part.reward.name] ?? RunningScores()
      seen.add(raw.compactMap(\.self))
      running[part.reward.name] = seen
      normalized = raw.map { $0.map(seen.normalize) }
    }
    guard let range = part.clipping else { return normalized }
    return normalized.map { $0.map { min(max($0, range.lowerBound), range.upperBound) } }
  }
}
