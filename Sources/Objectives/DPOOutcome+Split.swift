extension DPOOutcome {
  /// The outcomes of parts of the batch, for a batch that was judged as a whole and is trained on
  /// part by part.
  ///
  /// - Parameter counts: The pairs of each part; together all of the batch's.
  /// - Returns: One outcome a part, in order.
  public func split(into counts: [Int]) -> [DPOOutcome] {
    precondition(
      counts.reduce(0, +) == values.count, "parts of \(counts) pairs for \(values.count)")
    var start = 0
    return counts.map { count in
      let part = start..<start + count
      start = part.upperBound
      return DPOOutcome(
        values: Array(values[part]),
        gradient: PairGradient(
          chosen: Array(gradient.chosen[part]), rejected: Array(gradient.rejected[part])),
        likelihoodGradient: likelihoodGradient.map { Array($0[part]) },
        chosenRewards: Array(chosenRewards[part]), rejectedRewards: Array(rejectedRewards[part]))
    }
  }
}
