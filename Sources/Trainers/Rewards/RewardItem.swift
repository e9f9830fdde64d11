internal import Crypto
public import PreferenceData
internal import Tokenization

/// The completions of one prompt, as token ids, and how they were judged.
public struct RewardItem: Equatable, Sendable {
  /// What was said about the completions.
  public enum Judgment: Equatable, Sendable {
    /// The first is better than the second.
    ///
    /// - Parameters:
    ///   - margin: By how much, in units of the reward; 0 where nobody said.
    ///   - probability: How likely that is.
    case pair(margin: Double, probability: Double)
    /// One rank a completion, 1 the best; equal ranks are ties.
    case ranking([Int])
  }

  /// Prompt and completion, for each completion.
  public let sequences: [[Int32]]
  /// The index of each sequence's first completion token.
  public let completionStart: Int
  /// The sequences with a perturbed completion, where their scores are to be held together.
  public let copies: [[Int32]]
  /// What was said about the completions.
  public let judgment: Judgment
  /// How much the item counts.
  public let weight: Double
  /// Where the row stood.
  public let source: SourceLocation

  /// Tokens of all sequences and copies.
  var tokenCount: Int { packed.reduce(0) { $0 + $1.ids.count } }

  /// The group that a packed batch takes: sequences before copies. Nothing in it is predicted.
  var packed: [PackedBatch.Sequence] {
    (sequences + copies).map { PackedBatch.Sequence(prompt: $0, completion: []) }
  }
}

extension [RewardItem] {
  /// SHA-256 over the token ids and judgments of all items, in their order.
  var digest: String {
    var hash = SHA256()
    func add(_ ids: [Int32]) {
      withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    for item in self {
      for ids in item.sequences + item.copies {
        Swift.withUnsafeBytes(of: ids.count) { hash.update(bufferPointer: $0) }
        ids.withUnsafeBytes { hash.update(bufferPointer: $0) }
      }
      var numbers = [item.weight]
      switch item.judgment {
      case .pair(let margin, let probability): numbers += [margin, probability]
      case .ranking(let ranks): numbers += ranks.map(Double.init)
      }
      for number in numbers {
        Swift.withUnsafeBytes(of: number.bitPattern) { hash.update(bufferPointer: $0) }
      }
    }
    return hexadecimal(hash.finalize())
  }
}
