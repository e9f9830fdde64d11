public import Evaluations

/// What was measured, again and again on the same prompts, while a policy learned from a reward.
public struct WatchedRun: Sendable, Hashable {
  /// The directory or the file that it was read from.
  public var source: String
  /// The evaluations by ascending step. Each has a proxy and a gold score, and all numbers are finite.
  public var evaluations: [HackingObservation]
  /// What a reader should know about the data, as sentences without a full stop.
  public var notes: [String]

  /// Describes a run.
  ///
  /// - Parameters:
  ///   - source: The directory or the file that it was read from.
  ///   - evaluations: The evaluations by ascending step, each with a proxy and a gold score.
  ///   - notes: What a reader should know about the data.
  public init(
    source: String, evaluations: [HackingObservation], notes: [String] = []
  ) {
    self.source = source
    self.evaluations = evaluations
    self.notes = notes
  }

  /// KL(policy ‖ reference) of each evaluation in nats; `nil` unless all have it.
  var divergences: [Double]? {
    let recorded = evaluations.compactMap(\.divergence)
    return recorded.count == evaluations.count ? recorded : nil
  }
}
