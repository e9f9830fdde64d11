public import PreferenceData
public import Tokenization

/// A sequence that is ready to be trained on: a demonstration, a text, or a block of one.
public struct SupervisedExample: Equatable, Sendable {
  /// Its token ids, and which of them are learned.
  public let sequence: PackedBatch.Sequence
  /// The file and line of its record.
  public let source: SourceLocation
  /// The Unicode scalars of its text; 0 for later blocks, so that a sum counts every text once.
  public let characters: Int
  /// What examples have in common that are held out together.
  let group: [Int32]

  /// What it takes to compute.
  var cost: ItemCost { ItemCost([sequence]) }
}
