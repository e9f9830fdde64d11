/// What scripts/record/agreement.py wrote.
struct RecordedAgreement: Decodable {
  struct Several: Decodable {
    let table: [[Double?]]
    let alpha: [String: Double]
    let percent, ac1: Double
    let fleiss: Double?
  }
  struct Two: Decodable {
    let first, second: [Double]
    let kappa: [String: Double]
  }
  struct IncompleteBeta: Decodable {
    let a, b, x, log_lower, log_upper: Double
  }
  struct Process: Decodable {
    let successes, failures: Int
    let bound, a, b, log_e: Double
  }

  let several: [Several]
  let two: [Two]
  let incomplete_betas: [IncompleteBeta]
  let processes: [Process]

  static func load() throws -> RecordedAgreement {
    try fixture("agreement.json", as: RecordedAgreement.self)
  }
}
