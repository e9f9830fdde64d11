#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Strengths θ of items ranked several at a time: the best is drawn with probability e^θ/Σ e^θ,
/// then the best of the rest, and so on (Plackett 1975; Luce 1959). Rankings of two are
/// Bradley–Terry.
public struct PlackettLuceRanking<Item: Hashable & Sendable>: Sendable {
  /// The items, in order of first appearance.
  public let items: [Item]
  /// θ of each item, with mean 0.
  public let strengths: [Double]
  /// How many rounds it took.
  public let iterations: Int

  /// Fits by minorization and maximization: each round sets e^θᵢ to the number of rankings in which
  /// i is not last, divided by the sum of 1/Σ e^θ over the draws that i took part in.
  ///
  /// - Parameters:
  ///   - rankings: Items from best to worst, each at most once; of any number of items.
  ///   - tolerance: The change of θ at which the iteration stops.
  ///   - maximumIterations: Rounds allowed.
  /// - Throws: ``EvaluationError`` where rankings do not decide, or the iteration does not
  ///   converge.
  /// - SeeAlso: David R. Hunter, MM Algorithms for Generalized Bradley–Terry Models, Annals of
  ///   Statistics 32 (2004), section 5.
  public init(
    rankings: [[Item]], tolerance: Double = 1e-10, maximumIterations: Int = 10_000
  ) throws(EvaluationError) {
    var numbers = ItemNumbers<Item>()
    let orders = rankings.map { ranking in
      let order = ranking.map { numbers.number(of: $0) }
      precondition(Set(order).count == order.count, "a ranking names an item twice")
      return order
    }
    items = numbers.items
    // Neighbours suffice: who is above a neighbour of someone reaches him too.
    var edges = [[Int]](repeating: [], count: numbers.count)
    for order in orders {
      for (better, worse) in zip(order, order.dropFirst()) { edges[better].append(worse) }
    }
    let components = strongComponents(edges: edges)
    guard components.count <= 1 else {
      throw .disconnected(components: components.map { $0.map { "\(numbers.items[$0])" } })
    }
    var point = [Double](repeating: 0, count: numbers.count)
    for iteration in 1...max(1, maximumIterations) {
      let next = Self.round(from: point, orders: orders)
      let change = zip(point, next).reduce(0) { max($0, abs($1.0 - $1.1)) }
      point = next
      if change <= tolerance {
        (strengths, iterations) = (point, iteration)
        return
      }
    }
    throw .notConverged(what: "The Plackett–Luce ranking", iterations: maximumIterations)
  }

  /// θ of an item.
  ///
  /// - Parameter item: Any item.
  /// - Returns: `nil` of an item that no ranking names.
  public func strength(of item: Item) -> Double? {
    items.firstIndex(of: item).map { strengths[$0] }
  }

  private static func round(from point: [Double], orders: [[Int]]) -> [Double] {
    let weights = point.map { exp($0) }
    var notLast = [Double](repeating: 0, count: point.count)
    var exposure = notLast
    for order in orders where order.count > 1 {
      // Σ e^θ of those still to be drawn, from the last draw to the first.
      var remaining = [Double](repeating: 0, count: order.count)
      var sum = 0.0
      for position in order.indices.reversed() {
        sum += weights[order[position]]
        remaining[position] = sum
      }
      var seen = 0.0
      for (position, item) in order.enumerated() {
        if position + 1 < order.count {
          seen += 1 / remaining[position]
          notLast[item] += 1
        }
        exposure[item] += seen
      }
    }
    // A single item has neither won nor lost.
    let next = zip(notLast, exposure).map { $1 > 0 ? log($0 / $1) : 0 }
    let mean = next.reduce(0, +) / Double(max(1, next.count))
    return next.map { $0 - mean }
  }
}
