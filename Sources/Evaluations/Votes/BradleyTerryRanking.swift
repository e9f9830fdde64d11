import Objectives

/// Strengths θ with P(i beats j) = σ(θᵢ − θⱼ), by maximum likelihood (Bradley & Terry 1952).
///
/// A tie is half a win for each side. Only differences appear, so θ is given with mean 0. Without a
/// penalty a maximum exists only if every item has, directly or through others, both won and lost
/// against every other.
///
///     let ranking = try BradleyTerryRanking(votes: votes)
///     ranking.probability("A", beats: "B")
///     ranking.rating(of: "A", mean: 1000)
public struct BradleyTerryRanking<Item: Hashable & Sendable>: Sendable {
  private let numbers: ItemNumbers<Item>
  /// θ of each of ``items``, with mean 0.
  public let strengths: [Double]
  private let covariance: Matrix

  /// Ranks what was voted on.
  ///
  /// - Parameters:
  ///   - votes: Comparisons.
  ///   - l2: λ of a penalty λ/2·Σ θ² on the sum of losses, at least 0. Above 0 every set of votes
  ///     has a ranking.
  /// - Throws: ``EvaluationError/disconnected(components:)`` where the votes do not decide and `l2`
  ///   is 0.
  public init(votes: [Vote<Item>], l2: Double = 0) throws(EvaluationError) {
    let (numbers, votes) = ItemNumbers.number(votes)
    self = try BradleyTerryRanking(
      numbers: numbers, wins: WinTable(votes, items: numbers.count), l2: l2)
  }

  init(numbers: ItemNumbers<Item>, wins: WinTable, l2: Double) throws(EvaluationError) {
    precondition(l2 >= 0, "l2 is \(l2), but must be at least 0")
    self.numbers = numbers
    if l2 == 0 {
      let components = strongComponents(edges: wins.edges)
      guard components.count <= 1 else {
        throw .disconnected(components: components.map { $0.map { "\(numbers.items[$0])" } })
      }
    }
    strengths = try wins.strengths(l2: l2)
    covariance = try wins.covariance(of: strengths, l2: l2)
  }

  /// The items, in order of first appearance.
  public var items: [Item] { numbers.items }

  /// The items with their strengths, strongest first; equal ones in order of appearance.
  public var standings: [(item: Item, strength: Double)] {
    strengths.indices.sorted { (-strengths[$0], $0) < (-strengths[$1], $1) }
      .map { (items[$0], strengths[$0]) }
  }

  /// θ of an item.
  ///
  /// - Parameter item: Any item.
  /// - Returns: `nil` of an item that no vote names.
  public func strength(of item: Item) -> Double? {
    numbers.index(of: item).map { strengths[$0] }
  }

  /// The strength on Elo's scale, R = R₀ + (400/ln 10)·θ.
  ///
  /// - Parameters:
  ///   - item: Any item.
  ///   - mean: R₀, the mean of all ratings.
  /// - Returns: `nil` of an item that no vote names.
  public func rating(of item: Item, mean: Double = 1000) -> Double? {
    strength(of: item).map { mean + EloScale.pointsPerNat * $0 }
  }

  /// σ(θᵢ − θⱼ).
  ///
  /// - Parameters:
  ///   - item: Any item.
  ///   - other: Any item.
  /// - Returns: `nil` where no vote names one of them.
  public func probability(_ item: Item, beats other: Item) -> Double? {
    guard let strength = strength(of: item), let against = self.strength(of: other) else {
      return nil
    }
    return sigmoid(strength - against)
  }

  /// The standard error of θᵢ − θⱼ, √(Cᵢᵢ + Cⱼⱼ − 2Cᵢⱼ), with C the pseudo-inverse of the Fisher
  /// information (penalty included), which is singular along (1, …, 1).
  ///
  /// - Parameters:
  ///   - item: Any item.
  ///   - other: Any item.
  /// - Returns: `nil` where no vote names one of them.
  public func standardError(of item: Item, minus other: Item) -> Double? {
    guard let i = numbers.index(of: item), let j = numbers.index(of: other) else { return nil }
    return max(0, covariance[i, i] + covariance[j, j] - 2 * covariance[i, j]).squareRoot()
  }
}
