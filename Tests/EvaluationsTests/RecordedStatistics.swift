/// What scripts/record/evaluations.py wrote.
struct RecordedStatistics: Decodable {
  struct Share: Decodable {
    let successes: Double
    let count: Int
    let level, lower, upper: Double
  }
  struct Signs: Decodable {
    let positives, negatives: Int
    let two_sided, positive: Double
  }
  struct Binomial: Decodable {
    let trials, successes: Int
    let probability, at_least, at_most: Double
  }
  struct ScoreTest: Decodable {
    let wins, count: Int
    let p: Double
  }
  struct Holm: Decodable { let p, adjusted: [Double] }
  struct Columns: Decodable {
    let x, y, control: [Double]
    let pearson, spearman, partial, tau_a, tau_b: Double
    let probabilities, quantiles: [Double]
    let sample_variance, population_variance: Double
    let coefficients, standard_errors: [Double]
    let r_squared: Double
  }
  struct Logistic: Decodable {
    struct Fit: Decodable {
      let coefficients, standard_errors: [Double]
      let loss: Double
    }
    let features: [[Double]]
    let outcome: [Double]
    let plain, bare: Fit
    let ridge_l2: Double
    let ridge, separable: [Double]
  }
  struct Calibration: Decodable {
    let margins: [Double]
    let brier, loss, temperature, fitted_loss: Double
  }
  struct Votes: Decodable {
    let pairs: [[Int]]
    let outcomes: [Double]
    let first, second: [[Double]]
    let l2: Double
    let strengths, controlled: [Double]
  }
  struct Rankings: Decodable {
    let rankings: [[Int]]
    let strengths: [Double]
  }
  struct Annotators: Decodable {
    let labels: [[Int]]
    let posteriors: [[Double]]
    let shares: [Double]
    let confusions: [[[Double]]]
  }
  struct Distances: Decodable {
    let vectors, queries: [[Double]]
    let shrinkage, few_shrinkage: Double
    let shrunk, plain, fixed, few: [Double]
  }
  struct Curve: Decodable {
    let positives, negatives: [Double]
    let area, standard_error: Double
  }
  struct BestOfN: Decodable { let proxy, gold, expected: [Double] }

  let normal_quantiles: [String: Double]
  let proportions: [Share]
  let signs: [Signs]
  let binomials: [Binomial]
  let score_tests: [ScoreTest]
  let holm: Holm
  let columns: Columns
  let logistic: Logistic
  let calibration: Calibration
  let votes: Votes
  let rankings: Rankings
  let annotators: Annotators
  let distances: Distances
  let curve: Curve
  let best_of_n: BestOfN

  static func load() throws -> RecordedStatistics {
    try fixture("statistics.json", as: RecordedStatistics.self)
  }
}
