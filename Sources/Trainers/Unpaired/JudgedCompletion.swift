/// A completion with a verdict of its own, as token ids.
struct JudgedCompletion: Equatable, Sendable {
  /// The ids that the completion is conditioned on.
  let prompt: [Int32]
  /// The completion's ids with its end of sequence, nothing of them cut off.
  let completion: [Int32]
  /// Whether the completion is a good one.
  let isDesirable: Bool
  /// How much it counts.
  let weight: Double
}
