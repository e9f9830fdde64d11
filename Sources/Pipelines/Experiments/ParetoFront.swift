/// The measurements that no other beats on both axes.
enum ParetoFront {
  /// Which points lie on the front: no other is as near or nearer and as good or better, and better on one
  /// of the two.
  ///
  /// - Parameters:
  ///   - costs: What is to be small, for instance KL.
  ///   - gains: What is to be great, for instance gold.
  /// - Returns: Indices by ascending cost.
  static func indices(costs: [Double], gains: [Double]) -> [Int] {
    precondition(costs.count == gains.count, "a gain for each cost")
    var best = -Double.infinity
    return costs.indices.sorted { (costs[$0], -gains[$0]) < (costs[$1], -gains[$1]) }.filter {
      guard gains[$0] > best else { return false }
      best = gains[$0]
      return true
    }
  }
}
