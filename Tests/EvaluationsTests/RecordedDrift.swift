/// What scripts/record/drift.py wrote.
struct RecordedDrift: Decodable {
  struct ChiSquares: Decodable {
    struct Tail: Decodable {
      let degrees: Int
      let value, tail: Double
    }
    struct Quantile: Decodable {
      let degrees: Int
      let probability, value: Double
    }
    let tails: [Tail]
    let quantiles: [Quantile]
  }
  struct Gap: Decodable {
    let reference, current: [Double]
    let statistic, p, wasserstein, normalized: Double
    let exchanged: Double?
  }
  struct Limit: Decodable {
    let count, moved: Int
    let p: Double
  }
  struct Rates: Decodable {
    struct Pair: Decodable {
      let counts: [Int]
      let p: Double
    }
    let score, exact: [Pair]
  }
  struct Shares: Decodable {
    let reference, current: [Double]
    let jensen_shannon, total_variation, hellinger: Double
  }
  struct Vectors: Decodable {
    let reference, current: [[Double]]
    let gamma, mmd, frechet, area: Double
    let coefficients: [Double]
  }
  struct RunLength: Decodable {
    let slack, threshold, shift, length: Double
  }

  let chi_squares: ChiSquares
  let gaps: [Gap]
  let limits: [Limit]
  let rates: Rates
  let shares: [Shares]
  let vectors: [Vectors]
  let run_lengths: [RunLength]

  static func load() throws -> RecordedDrift {
    try fixture("drift.json", as: RecordedDrift.self)
  }
}
