/// Where the tokens of a packed batch lie: trees of a shared trunk and the branches that go on
/// from it, as runs of rows in one list of tokens.
///
/// A token attends to the trunk before it and to its own branch before it, never to a sibling.
public struct PackedTrees: Equatable, Sendable {
  /// One trunk and its branches; any of them may be empty.
  public struct Tree: Equatable, Sendable {
    /// The rows of the tokens that all branches share.
    public var trunk: Range<Int>
    /// The rows of each continuation.
    public var branches: [Range<Int>]

    /// Describes one tree.
    ///
    /// - Parameters:
    ///   - trunk: The rows of the tokens that all branches share.
    ///   - branches: The rows of each continuation.
    public init(trunk: Range<Int>, branches: [Range<Int>]) {
      self.trunk = trunk
      self.branches = branches
    }
  }

  /// The trees of the batch, none sharing a row with another.
  public var trees: [Tree]

  /// Describes a batch.
  ///
  /// - Parameter trees: The trees of the batch, none sharing a row with another.
  public init(_ trees: [Tree]) { self.trees = trees }
}
