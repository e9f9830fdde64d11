/// How many items an optimizer step sees, and how many steps there are.
///
/// A step takes `batchSize` × `accumulationSteps` items and is normalised over all of them.
public struct BatchConfiguration: Equatable, Sendable {
  /// How often the data is gone through. Whole: a part of an epoch is what ``maxSteps`` is for.
  public var epochs = 3
  /// The number of optimizer steps, instead of what ``epochs`` would give.
  public var maxSteps: Int?
  /// Items in a batch.
  public var batchSize = 8
  /// Batches in an optimizer step.
  public var accumulationSteps = 1
  /// Items in memory at once; `nil` for as many as fit. It changes memory and time, never results.
  public var microBatchSize: Int?

  /// Three epochs of batches of eight.
  public init() {}

  /// Items in an optimizer step.
  public var itemsPerStep: Int { batchSize * accumulationSteps }

  /// The settings of every method that goes through data in batches.
  public static let settings: [Setting<Self>] = [
    Setting("epochs", \.epochs, allowed: .atLeast(1), "How often the data is gone through."),
    Setting(
      "max_steps", \.maxSteps, allowed: .atLeast(1),
      "Number of optimizer steps, instead of what epochs would give."),
    Setting("batch_size", \.batchSize, allowed: .atLeast(1), "Items in a batch."),
    Setting(
      "gradient_accumulation_steps", \.accumulationSteps, allowed: .atLeast(1),
      "Batches in an optimizer step, which is normalised over all of their items."),
    Setting(
      "micro_batch_size", \.microBatchSize, allowed: .atLeast(1),
      "Items in memory at once; changes memory, never results. Without it: fitted to memory."),
  ]
}
