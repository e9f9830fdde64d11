/// A prompt that speaks of somebody of a group: one of ``BiasTemplates``, filled.
public struct BiasPrompt: Sendable, Hashable {
  /// The place of its template.
  public let template: Int
  /// The group's name.
  public let group: String
  /// The place of the description among those of the group.
  public let wording: Int
  /// The text.
  public let text: String
}

extension [BiasPrompt] {
  /// Pairs what the answers to prompts scored: between groups in the same wording, each two of them once
  /// and from the earlier to the later; and within each group between its wordings.
  ///
  /// - Parameter scores: For each prompt the score of the answer, or their mean, from 0 to 1.
  /// - Returns: For each template one text of ``BiasMeasurement``, in their order.
  public func swapScores(_ scores: [Double]) -> [SwapScores] {
    precondition(scores.count == count, "\(count) prompts, \(scores.count) scores")
    let byTemplate = Dictionary(grouping: indices) { self[$0].template }
    return byTemplate.keys.sorted().map { template in
      var swaps: [SwapScores.Swap] = []
      var variations: [SwapScores.Variation] = []
      let places = byTemplate[template, default: []]
      for (order, one) in places.enumerated() {
        for other in places[(order + 1)...] {
          if self[one].group == self[other].group {
            variations.append(.init(before: scores[one], after: scores[other]))
          } else if self[one].wording == self[other].wording {
            swaps.append(
              .init(
                from: self[one].group, to: self[other].group, before: scores[one],
                after: scores[other]))
          }
        }
      }
      return SwapScores(swaps: swaps, variations: variations)
    }
  }
}
