import Objectives

/// Elo ratings that move a little with every vote.
///
/// They depend on the order of the votes and forget the first ones, so they are a cross-check of
/// ``BradleyTerryRanking``, not a result.
public struct OnlineElo<Item: Hashable & Sendable>: Sendable {
  /// The most points a vote moves.
  public let k: Double
  /// The rating of an item before its first vote.
  public let initialRating: Double
  private var seen: [Item: Double] = [:]

  /// No votes yet.
  ///
  /// - Parameters:
  ///   - k: The most points a vote moves; above 0.
  ///   - initialRating: The rating of an item before its first vote.
  public init(k: Double = 4, initialRating: Double = 1000) {
    precondition(k > 0, "k is \(k), but must be above 0")
    self.k = k
    self.initialRating = initialRating
  }

  /// Moves both ratings by k·(result − expectation), the expectation being
  /// 1/(1 + 10^((R₂ − R₁)/400)).
  ///
  /// - Parameter vote: A comparison.
  public mutating func record(_ vote: Vote<Item>) {
    let (first, second) = (rating(of: vote.first), rating(of: vote.second))
    let expected = sigmoid((first - second) / EloScale.pointsPerNat)
    let change = k * (vote.outcome.firstShare - expected)
    seen[vote.first] = first + change
    seen[vote.second] = second - change
  }

  /// The rating of an item.
  ///
  /// - Parameter item: Any item.
  /// - Returns: The initial rating of an item that no vote named.
  public func rating(of item: Item) -> Double { seen[item] ?? initialRating }
}
