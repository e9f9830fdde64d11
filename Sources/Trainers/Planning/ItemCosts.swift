internal import LanguageModels
internal import Tokenization

/// What one item of a run costs in a packed batch, counted without packing it.
struct ItemCost: Equatable {
  /// Tokens of all of its sequences, what they share once for each: what `num_tokens` counts.
  private(set) var tokenCount: Int
  /// Rows that the item takes in a packed batch.
  private(set) var packedTokens: Int
  /// Tokens that go through the vocabulary projection.
  private(set) var scoredTokens: Int
  /// Over all packed rows, how many tokens each of them sees.
  private(set) var attendedTokens: Int
  /// How many sequences there are.
  private(set) var sequences: Int

  /// Counts a group of sequences that share the prefix they have in common.
  ///
  /// - Parameters:
  ///   - sequences: At least one.
  ///   - isScored: Whether completion tokens go through the vocabulary projection.
  init(_ sequences: [PackedBatch.Sequence], isScored: Bool = true) {
    let lengths = sequences.map(\.ids.count)
    let trunk = PackedBatch.commonPrefix(sequences.map(\.ids))
    tokenCount = lengths.reduce(0, +)
    self.sequences = sequences.count
    packedTokens = lengths.reduce(trunk) { $0 + $1 - trunk }
    scoredTokens = isScored ? sequences.reduce(0) { $0 + $1.scoredTokens } : 0
    // The first of n tokens sees itself alone, the last one all n; a branch sees the trunk as well.
    func triangle(_ count: Int) -> Int { count * (count + 1) / 2 }
    attendedTokens = lengths.reduce(triangle(trunk)) {
      $0 + ($1 - trunk) * trunk + triangle($1 - trunk)
    }
  }
}

extension ItemCost {
  /// Both of them, with nothing shared.
  static func + (a: ItemCost, b: ItemCost) -> ItemCost {
    var sum = a
    sum.tokenCount += b.tokenCount
    sum.packedTokens += b.packedTokens
    sum.scoredTokens += b.scoredTokens
    sum.attendedTokens += b.attendedTokens
    sum.sequences += b.sequences
    return sum
  }
}

/// What a run's plan is costed by: its items, and how the method goes over them.
struct ItemCosts {
  /// By training item.
  var training: [ItemCost]
  /// By held-out item.
  var heldOut: [ItemCost]
  /// How a step's items are split.
  var microbatches: Microbatches
  /// Weights that receive a gradient.
  var trainedParameters: Int
  /// Forward passes of a training item that a step is worth: a backward pass is two of them.
  var passes = 3.0
  /// What a frozen reference scores once, item by item.
  var reference: [ItemCost] = []
  /// What a frozen backbone computes the hidden states of once, item by item: training does no more
  /// with tokens.
  var encoded: [ItemCost] = []
}
