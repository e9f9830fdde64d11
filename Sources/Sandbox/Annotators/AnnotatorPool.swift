public import PreferenceData

/// Annotators who share the work, some better than others.
public struct AnnotatorPool: Sendable, Hashable {
  /// The annotators, by the names `annotator-1`, `annotator-2`, …
  public let annotators: [SimulatedAnnotator]

  /// A pool of the given annotators.
  ///
  /// - Parameter annotators: One at least.
  public init(_ annotators: [SimulatedAnnotator]) {
    precondition(!annotators.isEmpty, "a pool needs an annotator")
    self.annotators = annotators
  }

  /// A pool whose members are like one annotator on average.
  ///
  /// Label noise, sloppiness and length bias of member i of n are those of `typical` times a factor
  /// that goes from ½ to 1½ in even steps, the noise upwards from the first member, the other two
  /// turned by a third and by two thirds of the pool, so that nobody is worst at everything. Of one
  /// member all factors are 1. Shares do not go above 1.
  ///
  /// - Parameters:
  ///   - size: How many members, at least 1.
  ///   - typical: What they are like on average.
  public init(size: Int, typical: SimulatedAnnotator) {
    precondition(size >= 1, "a pool has \(size) annotators")
    func factor(_ member: Int, turnedBy thirds: Int) -> Double {
      guard size > 1 else { return 1 }
      let place = (member + thirds * size / 3) % size
      return 0.5 + Double(place) / Double(size - 1)
    }
    self.init(
      (0..<size).map { member in
        var annotator = typical
        annotator.name = "annotator-\(member + 1)"
        annotator.labelNoise = min(1, typical.labelNoise * factor(member, turnedBy: 0))
        annotator.sloppiness = min(1, typical.sloppiness * factor(member, turnedBy: 1))
        annotator.lengthBias = typical.lengthBias * factor(member, turnedBy: 2)
        return annotator
      })
  }

  /// Some of the members, each equally likely.
  ///
  /// - Parameters:
  ///   - count: How many, from 1 to the size of the pool.
  ///   - random: Where the draws come from.
  /// - Returns: Members, each another one.
  public func draw(
    _ count: Int, using random: inout SeededGenerator
  ) -> [SimulatedAnnotator] {
    precondition(
      (1...annotators.count).contains(count), "\(count) of \(annotators.count) annotators")
    return random.permutation(of: annotators.count).prefix(count).map { annotators[$0] }
  }
}
