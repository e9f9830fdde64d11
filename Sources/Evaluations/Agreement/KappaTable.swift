/// What κ of two annotators needs of their table, without the table: its margins and the sum of
/// weights of what was seen.
///
/// With n items, the expected disagreement is a sum over the square of the scale by its definition, and
/// over its length as it is computed here. With cumulative counts F and G of the first and second,
///
///     Σ |x_i − x_j|·f_i·g_j = Σ_i (x_{i+1} − x_i)·(F_i(n − G_i) + G_i(n − F_i))
///     Σ (x_i − x_j)²·f_i·g_j = n²·(Var f + Var g + (mean f − mean g)²)
struct KappaTable: Sendable {
  private let scale: [Double]
  private let weights: CohenKappa.Weights
  private var first: [Int]
  private var second: [Int]
  private var disagreement = 0.0
  private(set) var items = 0

  /// A table without items.
  ///
  /// - Parameters:
  ///   - scale: The values, ascending.
  ///   - weights: What a difference weighs.
  init(scale: [Double], weights: CohenKappa.Weights) {
    self.scale = scale
    self.weights = weights
    first = [Int](repeating: 0, count: scale.count)
    second = first
  }

  /// Adds an item, by the places of its values in the scale.
  mutating func add(_ one: Int, _ other: Int) {
    first[one] += 1
    second[other] += 1
    items += 1
    let distance = abs(scale[one] - scale[other])
    switch weights {
    case .equal: disagreement += one == other ? 0 : 1
    case .linear: disagreement += distance
    case .quadratic: disagreement += distance * distance
    }
  }

  /// Takes all items out again.
  mutating func clear() {
    for place in scale.indices { (first[place], second[place]) = (0, 0) }
    (disagreement, items) = (0, 0)
  }

  /// The mean weight of an item.
  var observed: Double { disagreement / Double(items) }

  /// The mean weight of an item whose second value is another item's.
  var expected: Double {
    let all = Double(items)
    switch weights {
    case .equal:
      let same = zip(first, second).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      return (all * all - same) / (all * all)
    case .linear: return linear / (all * all)
    case .quadratic:
      let (one, other) = (moments(first), moments(second))
      let shift = one.mean - other.mean
      return one.variance + other.variance + shift * shift
    }
  }

  /// κ; `nil` where both always say one and the same, or there are no items.
  var kappa: Double? {
    // Not by comparing `expected` with 0, which rounding can miss.
    let present = scale.indices.count { first[$0] > 0 || second[$0] > 0 }
    return present > 1 ? 1 - observed / expected : nil
  }

  private var linear: Double {
    var (sum, below, otherBelow) = (0.0, 0, 0)
    for (place, gap) in zip(scale.dropFirst(), scale).enumerated().map({ ($0, $1.0 - $1.1) }) {
      below += first[place]
      otherBelow += second[place]
      let crossings =
        Double(below) * Double(items - otherBelow) + Double(otherBelow) * Double(items - below)
      sum += gap * crossings
    }
    return sum
  }

  private func moments(_ counts: [Int]) -> (mean: Double, variance: Double) {
    let all = Double(items)
    let mean = zip(counts, scale).reduce(0) { $0 + Double($1.0) * $1.1 } / all
    let squares = zip(counts, scale).reduce(0) {
      $0 + Double($1.0) * ($1.1 - mean) * ($1.1 - mean)
    }
    return (mean, squares / all)
  }
}
