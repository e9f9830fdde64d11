internal import Crypto
internal import Tokenization

/// The completions of one prompt, as token ids, and how they were judged.
public struct RewardItem: Equatable, Sendable {
  /// Prompt and completion, for each completion.
  public let sequences: [[Int32]]
  /// The index of each sequence's first completion token.
  public let completionStart: Int
  /// The sequences with a perturbed completion, where their scores are to be held together.
  public let copies: [[Int32]]
  /// What was said about the completions.
  public let judgment: RewardJudgment

  /// Tokens of the sequences, as `num_tokens` counts them.
  var tokenCount: Int { sequences.reduce(0) { $0 + $1.count } }

  /// Tokens of the longest sequence, copies among them.
  var longest: Int { (sequences + copies).map(\.count).max() ?? 0 }

  /// What the item costs in a packed batch; nothing goes through the vocabulary projection.
  var cost: ItemCost { ItemCost(packed, isScored: false) }

  /// The same without copies, whose scores are not wanted.
  var withoutCopies: RewardItem {
    RewardItem(
      sequences: sequences, completionStart: completionStart, copies: [],
      judgment: RewardJudgment(
        order: judgment.order, copies: 0, weight: judgment.weight, source: judgment.source))
  }

  /// The group that a packed batch takes: sequences before copies. Nothing in it is predicted.
  var packed: [PackedBatch.Sequence] {
    (sequences + copies).map { PackedBatch.Sequence(prompt: $0, completion: []) }
  }
}

extension [RewardItem] {
  /// SHA-256 over the token ids and judgments of all items, in their order.
  var digest: String {
    var hash = SHA256()
    for item in self {
      for ids in item.sequences + item.copies { hash.update(ids) }
      hash.update(item.judgment)
    }
    return hexadecimal(hash.finalize())
  }
}

extension SHA256 {
  /// Takes in a list and its length.
  mutating func update<Number: BitwiseCopyable>(_ list: [Number]) {
    withUnsafeBytes(of: list.count) { update(bufferPointer: $0) }
    list.withUnsafeBytes { update(bufferPointer: $0) }
  }

  /// Takes in a judgment, but not where it stood.
  mutating func update(_ judgment: RewardJudgment) {
    switch judgment.order {
    case .pair(let margin, let probability): update([judgment.weight, margin, probability])
    case .ranking(let ranks): update([judgment.weight] + ranks.map(Double.init))
    }
  }
}
