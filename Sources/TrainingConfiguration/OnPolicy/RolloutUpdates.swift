/// What is sampled in a step, and how often it is learned from.
public struct RolloutUpdates: Equatable, Sendable {
  /// Completions that are sampled together.
  public var completions: Int
  /// Optimizer batches that they are cut into.
  public var batches: Int
  /// How often all of them are gone through.
  public var passes: Int

  /// Optimizer updates of a step.
  public var count: Int { batches * passes }
}
