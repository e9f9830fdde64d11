internal import LanguageModels

/// How an optimizer step's items are split so that each part's graph fits in memory.
///
/// The split changes memory and time, never results: every part's gradient is divided by the count
/// of the whole step.
struct Microbatches {
  /// Items in a part, where the user said so.
  let size: Int?
  /// Packed tokens in a part, where the user did not.
  let tokenBudget: Int

  /// Splits items, in order.
  ///
  /// - Parameters:
  ///   - items: Indices of items.
  ///   - tokens: Rows of a packed batch that an item takes.
  /// - Returns: The parts; an item longer than the budget is a part of its own.
  func split(_ items: [Int], tokens: (Int) -> Int) -> [[Int]] {
    if let size { return items.grouped(by: size) }
    var parts: [[Int]] = []
    var sum = 0
    for item in items {
      let packed = tokens(item)
      if parts.isEmpty || sum + packed > tokenBudget {
        parts.append([])
        sum = 0
      }
      parts[parts.count - 1].append(item)
      sum += packed
    }
    return parts
  }
}

extension [Int] {
  /// Runs of `size` elements; the last one takes what is left.
  func grouped(by size: Int) -> [[Int]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min(count, $0 + size)]) }
  }
}

extension Microbatches {
  /// Parts that suit a model.
  ///
  /// - Parameters:
  ///   - size: Items in a part, or `nil` to fit parts to memory.
  ///   - model: The shape of the model that is trained.
  init(size: Int?, for model: TransformerConfiguration) {
    self.size = size
    tokenBudget = Self.tokenBudget(
      parameters: model.parameterCount, activations: model.activationsPerToken)
  }

  /// Products reach their full speed at about two thousand rows and lose it again when the
  /// activations leave the caches; the wider the model, the fewer are enough. The graph may take 192 MB,
  /// and for larger models a thirty-second of what weights, gradients and moments take whatever is
  /// done (16 bytes a parameter).
  static func tokenBudget(parameters: Int, activations: Int) -> Int {
    let graph = (192 << 20) + parameters * 16 / 32
    return min(2048, max(256, graph / (activations * MemoryLayout<Float>.stride)))
  }
}
