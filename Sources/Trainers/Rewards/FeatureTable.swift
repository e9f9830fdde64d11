internal import LanguageModels
internal import Tokenization
internal import TorchEngine

/// What score heads read, known before training: for each item one row of numbers a score.
struct FeatureTable {
  private let width: Int
  private var values: [Float]
  /// Where each item's first row is; one more than there are items.
  private var starts: [Int]

  /// No items yet.
  init(width: Int) {
    self.width = width
    values = []
    starts = [0]
  }

  /// Adds rows, of one item or of several.
  ///
  /// - Parameters:
  ///   - rows: All of their numbers, row after row.
  ///   - counts: How many rows each item has.
  mutating func append(_ rows: [Float], counts: [Int]) {
    precondition(
      rows.count == counts.reduce(0, +) * width, "\(rows.count) numbers in rows of \(width)")
    values += rows
    for count in counts { starts.append(starts[starts.count - 1] + count) }
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

extension FeatureTable {
  /// The hidden states that the scores of items are read from, under a backbone that stays as it is:
  /// computed once, whatever the number of epochs and members.
  ///
  /// - Parameters:
  ///   - items: Judged completions.
  ///   - model: The reward model, whose backbone it is.
  ///   - progress: Told after each batch how many items are done; throws to stop.
  /// - Throws: What `progress` throws, or `EngineError`.
  init(
    _ items: [RewardItem], by model: RewardModel, progress: (_ done: Int) throws -> Void
  ) throws {
    self.init(width: model.configuration.width)
    for range in SequenceScoring.usualBatchSize.ranges(of: items.map(\.packed)) {
      let part = items[range]
      append(
        try withoutGradients {
          try model.hiddenStates(of: .init(part.map(\.packed))).values(as: Float.self)
        },
        counts: part.map(\.judgment.scores))
      try progress(range.upperBound)
    }
  }
}
