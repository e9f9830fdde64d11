public import PreferenceData
public import TrainingConfiguration

/// Which items each optimizer step of a run sees, from its first step to its last.
///
/// An epoch visits every item once, in file order or in an order of its own; its last step takes
/// what is left and may be smaller. The order is a function of the seed alone.
public struct VisitOrder: Equatable, Sendable {
  /// The items of each step, as indices into the data.
  public let steps: [[Int]]
  /// Steps in one pass over the data.
  public let stepsPerEpoch: Int

  /// Lays out a run.
  ///
  /// - Parameters:
  ///   - count: The number of items, at least 1.
  ///   - itemsPerStep: Items that one optimizer step is normalised over.
  ///   - epochs: Passes over the data.
  ///   - maxSteps: The number of steps, instead of what `epochs` gives.
  ///   - shuffledBy: The generator that each epoch's order is drawn from; `nil` for file order.
  public init(
    count: Int, itemsPerStep: Int, epochs: Int, maxSteps: Int?, shuffledBy: SeededGenerator?
  ) {
    precondition(count > 0 && itemsPerStep > 0, "\(count) items, \(itemsPerStep) a step")
    stepsPerEpoch = (count + itemsPerStep - 1) / itemsPerStep
    let total = maxSteps ?? epochs * stepsPerEpoch
    var generator = shuffledBy
    var steps: [[Int]] = []
    while steps.count < total {
      let order = generator?.permutation(of: count) ?? Array(0..<count)
      for start in stride(from: 0, to: count, by: itemsPerStep) where steps.count < total {
        steps.append(Array(order[start..<min(count, start + itemsPerStep)]))
      }
    }
    self.steps = steps
  }

  /// Lays out a run as a configuration describes it.
  ///
  /// - Parameters:
  ///   - count: The number of items, at least 1.
  ///   - configuration: The settings of a method.
  public init(count: Int, _ configuration: some OfflineConfiguration) {
    self.init(
      count: count, itemsPerStep: configuration.batches.itemsPerStep,
      epochs: configuration.batches.epochs, maxSteps: configuration.batches.maxSteps,
      shuffledBy: configuration.data.shuffle
        ? SeededGenerator(seed: UInt64(configuration.run.seed)) : nil)
  }

  /// Passes over the data done after a step: 0.5 is half of the first.
  public func epoch(after step: Int) -> Double { Double(step) / Double(stepsPerEpoch) }

  /// The items that any step sees, each once, in ascending order.
  public var visited: [Int] { Set(steps.joined()).sorted() }
}
