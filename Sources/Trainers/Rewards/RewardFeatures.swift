internal import LanguageModels
internal import Tokenization
internal import TorchEngine

/// The hidden states of all judged completions under a backbone that stays as it is: computed once,
/// whatever the number of epochs and members.
struct RewardFeatures {
  /// The hidden states of some items.
  struct Table {
    private let width: Int
    private let values: [Float]
    /// Where each item's first row is; one more than there are items.
    private let starts: [Int]

    fileprivate init(
      _ items: [RewardItem], by model: RewardModel, progress: (Int) throws -> Void
    ) throws {
      width = model.configuration.width
      var values: [Float] = []
      values.reserveCapacity(items.reduce(0) { $0 + $1.packed.count } * width)
      let parts = Microbatches(size: nil, tokenBudget: 4096)
        .split(Array(items.indices), tokens: { items[$0].tokenCount })
      for part in parts {
        values += try withoutGradients {
          try model.hiddenStates(of: PackedBatch(part.map { items[$0].packed }))
            .values(as: Float.self)
        }
        try progress((part.last ?? -1) + 1)
      }
      self.values = values
      starts = items.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.packed.count) }
    }

    /// The rows of some items, one after another.
    func rows(of items: [Int]) throws(EngineError) -> Tensor {
      var rows: [Float] = []
      var count = 0
      for item in items {
        rows += values[starts[item] * width..<starts[item + 1] * width]
        count += starts[item + 1] - starts[item]
      }
      return try Tensor(rows, shape: [count, width])
    }
  }

  let training: Table
  let heldOut: Table

  /// Computes all hidden states.
  ///
  /// - Parameters:
  ///   - training: The training items.
  ///   - heldOut: The held-out items.
  ///   - model: The reward model, whose backbone it is.
  ///   - report: Told how many items of how many are done; may throw to stop.
  init(
    training: [RewardItem], heldOut: [RewardItem], by model: RewardModel,
    report: (_ done: Int, _ total: Int) throws -> Void
  ) throws {
    let total = training.count + heldOut.count
    try report(0, total)
    self.training = try Table(training, by: model) { try report($0, total) }
    self.heldOut = try Table(heldOut, by: model) { try report(training.count + $0, total) }
  }
}
