internal import CTorch

/// Causal attention over packed trees, with grouped key–value heads and sliding windows.
public struct TreeAttention: Equatable, Sendable {
  /// Query heads.
  public var heads: Int
  /// Key–value heads, a divisor of the query heads.
  public var keyValueHeads: Int
  /// The factor of the dot products, usually 1/√(head width).
  public var scale: Double
  /// How many of its own sequence's last tokens a token sees, itself among them; all if `nil`.
  public var window: Int?

  /// Describes an attention layer.
  ///
  /// - Parameters:
  ///   - heads: Query heads.
  ///   - keyValueHeads: Key–value heads, a divisor of `heads`.
  ///   - scale: The factor of the dot products.
  ///   - window: How many of its sequence's last tokens a token sees, itself among them.
  public init(heads: Int, keyValueHeads: Int, scale: Double, window: Int? = nil) {
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.scale = scale
    self.window = window
  }

  /// softmax(q kᵀ · scale) v for each token over what it sees (Vaswani et al. 2017, eq. 1).
  ///
  /// - Parameters:
  ///   - query: [tokens, heads · d].
  ///   - key: [tokens, key–value heads · d].
  ///   - value: [tokens, key–value heads · d].
  ///   - layout: Which rows see which.
  /// - Returns: [tokens, heads · d].
  /// - Throws: ``EngineError`` if the shapes do not fit.
  public func callAsFunction(
    query: Tensor, key: Tensor, value: Tensor, layout: PackedTrees
  ) throws(EngineError) -> Tensor {
    var trunks: [Int64] = []
    var branches: [Int64] = []
    var offsets: [Int64] = [0]
    for tree in layout.trees {
      trunks += [Int64(tree.trunk.lowerBound), Int64(tree.trunk.count)]
      for branch in tree.branches { branches += [Int64(branch.lowerBound), Int64(branch.count)] }
      offsets.append(Int64(branches.count / 2))
    }
    return try received { result in
      trunks.withUnsafeBufferPointer { trunks in
        branches.withUnsafeBufferPointer { branches in
          offsets.withUnsafeBufferPointer { offsets in
            var forest = ct_forest(
              trees: Int64(layout.trees.count), trunks: trunks.baseAddress,
              branch_offsets: offsets.baseAddress, branches: branches.baseAddress)
            return ct_tree_attention(
              query.raw, key.raw, value.raw, &forest, Int64(heads), Int64(keyValueHeads), scale,
              Int64(window ?? 0), result)
          }
        }
      }
    }
  }
}
