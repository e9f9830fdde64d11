/// The pairs of annotators who share enough items for a κ, and the mean of their κ.
///
/// Each pair counts by the number of its shared items: the κ of few items is mostly noise.
struct AnnotatorPairs: Sendable {
  /// The fewest shared items with which a pair counts.
  static let minimumShared = 5

  /// How many pairs count.
  var count: Int { tables.count }

  private struct Entry {
    let pair: Int
    let first: Int
    let second: Int
  }

  private struct Pair: Hashable {
    let first: Int
    let second: Int
  }

  private var tables: [KappaTable]
  private let entries: [Entry]
  private let starts: [Int]

  /// The pairs of a table.
  ///
  /// - Parameters:
  ///   - ratings: Ratings.
  ///   - level: Plain κ for names, linear weights of places in the scale where only the order counts,
  ///     quadratic ones of the numbers themselves otherwise.
  init(_ ratings: Ratings, level: MeasurementLevel) {
    let shared = Self.sharedItems(ratings)
    var numbers: [Pair: Int] = [:]
    var scales: [[Int]] = []
    for (pair, codes) in shared.sorted(by: {
      ($0.key.first, $0.key.second) < ($1.key.first, $1.key.second)
    })
    where codes.count >= Self.minimumShared {
      numbers[pair] = scales.count
      scales.append(Set(codes.flatMap { [$0.0, $0.1] }).sorted())
    }
    let positions = level == .ordinal ? ratings.scale.indices.map(Double.init) : ratings.scale
    tables = scales.map { codes in
      KappaTable(scale: codes.map { positions[$0] }, weights: level.kappaWeights)
    }
    // Of each pair only its own values count, so that many pairs on a long scale stay small.
    let places = scales.map { Dictionary(uniqueKeysWithValues: zip($0, $0.indices)) }
    var entries: [Entry] = []
    var starts = [0]
    for cells in ratings.cells {
      for (pair, first, second) in Self.pairs(cells) {
        guard let number = numbers[pair], let one = places[number][first],
          let other = places[number][second]
        else { continue }
        entries.append(Entry(pair: number, first: one, second: other))
      }
      starts.append(entries.count)
    }
    self.entries = entries
    self.starts = starts
  }

  /// The mean of the κ of pairs that have one, each by the number of its items among the units.
  ///
  /// - Parameter units: Numbers of units, with repetition where they were drawn.
  /// - Returns: The mean, `nil` where no pair has a κ; and how many pairs have one.
  mutating func meanKappa(over units: [Int]) -> (value: Double?, pairs: Int) {
    for pair in tables.indices { tables[pair].clear() }
    for unit in units {
      for entry in entries[starts[unit]..<starts[unit + 1]] {
        tables[entry.pair].add(entry.first, entry.second)
      }
    }
    var (sum, weight, pairs) = (0.0, 0.0, 0)
    for table in tables {
      guard let kappa = table.kappa else { continue }
      sum += Double(table.items) * kappa
      weight += Double(table.items)
      pairs += 1
    }
    return (pairs > 0 ? sum / weight : nil, pairs)
  }

  private static func sharedItems(_ ratings: Ratings) -> [Pair: [(Int, Int)]] {
    var shared: [Pair: [(Int, Int)]] = [:]
    for cells in ratings.cells {
      for (pair, first, second) in pairs(cells) {
        shared[pair, default: []].append((first, second))
      }
    }
    return shared
  }

  /// The pairs of annotators of one item, with the codes of their values.
  private static func pairs(_ cells: [Ratings.Cell]) -> [(Pair, Int, Int)] {
    cells.indices.flatMap { place in
      cells[(place + 1)...].map { other in
        (
          Pair(first: cells[place].annotator, second: other.annotator), cells[place].code,
          other.code
        )
      }
    }
  }
}

extension MeasurementLevel {
  /// What a difference weighs in κ at this level.
  var kappaWeights: CohenKappa.Weights {
    switch self {
    case .nominal: .equal
    case .ordinal: .linear
    case .interval, .ratio: .quadratic
    }
  }
}
