internal import PreferenceData

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How much each item counts for each member of an ensemble.
///
/// A bootstrap sample draws N of N items with replacement; an item is then in it about Poisson(1)
/// times. Members that count items so differ as if each had been trained on a sample of its own, in
/// one pass over the data (Oza & Russell 2001).
struct MemberWeights {
  private let rowWeights: [Double]
  /// By item and member; `nil` for a single model, which counts every item once.
  private let draws: [[Int]]?

  /// Draws the weights.
  ///
  /// - Parameters:
  ///   - rowWeights: How much each item counts for all members.
  ///   - members: The members of the ensemble.
  ///   - seed: The same seed draws the same.
  init(_ rowWeights: [Double], members: Int, seed: UInt64) {
    self.rowWeights = rowWeights
    var random = SeededGenerator(seed: seed ^ 0xB007_57A9)
    draws =
      members == 1
      ? nil : rowWeights.map { _ in (0..<members).map { _ in random.poissonOfOne() } }
  }

  /// The weight of an item for a member.
  subscript(item: Int, member: Int) -> Double {
    rowWeights[item] * Double(draws?[item][member] ?? 1)
  }
}

extension SeededGenerator {
  /// A draw from Poisson's distribution with mean 1 (Knuth, volume 2, 3.4.1, algorithm Q).
  fileprivate mutating func poissonOfOne() -> Int {
    let limit = exp(-1.0)
    var product = unit()
    var count = 0
    while product > limit {
      product *= unit()
      count += 1
    }
    return count
  }
}
