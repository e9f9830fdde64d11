internal import Trainers
internal import TrainingConfiguration

/// What label noise does to DPO, to losses that are made for it, and to a reward model.
///
/// - SeeAlso: Eric Mitchell, A note on DPO with noisy preferences (cDPO, 2023); Sayak Ray Chowdhury,
///   Anush Kini and Nagarajan Natarajan, Provably Robust DPO, arXiv:2403.00409; Mohammad Gheshlaghi Azar
///   et al., arXiv:2310.12036 (IPO).
struct NoiseExperiment: Experiment {
  enum Objective: String, Codable, Sendable, CaseIterable {
    case dpo = "DPO"
    /// DPO whose labels are smoothed by the noise.
    case conservative = "cDPO"
    /// DPO whose loss is unbiased under the noise.
    case robust = "robust DPO"
    case ipo = "IPO"
    case rewardModel = "reward model"
  }

  struct Part: CustomStringConvertible {
    let objective: Objective
    let noise: Double
    let seed: UInt64

    var description: String {
      "\(objective.rawValue), \(Int((100 * noise).rounded())) % flipped, seed \(seed)"
    }
  }

  struct Row: ExperimentRow {
    let objective: Objective
    let noise: Double
    let seed: UInt64
    /// The share of held-out pairs, judged without error, that are got right.
    let accuracy: Double?
    /// Of a policy.
    let gold: PolicyMeasurement.Mean?
    let divergence: PolicyMeasurement.Mean?

    var columns: [(name: String, value: ExperimentValue)] {
      [
        ("objective", .text(objective.rawValue)), ("noise", .number(noise)),
        ("seed", .number(Double(seed))), ("accuracy", .number(accuracy)),
        ("gold", .number(gold?.value)), ("gold_error", .number(gold?.error)),
        ("kl", .number(divergence?.value)), ("kl_error", .number(divergence?.error)),
      ]
    }
  }

  static let name = "noise"
  static let question =
    "What does label noise do to DPO, to losses that are made for it, and to a reward model?"
  let size: ExperimentSize

  var pairs: Int { size == .full ? 2000 : 200 }
  private var noises: [Double] { size == .full ? [0, 0.1, 0.2, 0.3, 0.4] : [0.3] }
  private var seeds: [UInt64] { size == .full ? [1, 2, 3, 4, 5] : [1] }

  var parts: [Part] {
    noises.flatMap { noise in
      seeds.flatMap { seed in
        Objective.allCases.map { Part(objective: $0, noise: noise, seed: seed) }
      }
    }
  }

  func measure(
    _ part: Part, in laboratory: Laboratory, observe: Laboratory.Observer
  ) async throws -> [Row] {
    if part.objective == .rewardModel {
      let recipe = RewardModelRecipe(pairs: pairs, noise: part.noise, seed: part.seed)
      let model = try laboratory.rewardModel(recipe, observe: observe)
      return [
        Row(
          objective: part.objective, noise: part.noise, seed: part.seed,
          accuracy: try laboratory.accuracy(of: model), gold: nil, divergence: nil)
      ]
    }
    let file = try laboratory.pairs(pairs, noise: part.noise, seed: part.seed)
    let policy = try laboratory.preferencePolicy(
      "noise-\(part.objective)-\(part.noise)-\(part.seed)", pairs: file, observe: observe
    ) {
      $0.run.seed += Int(part.seed)
      switch part.objective {
      case .dpo, .rewardModel: break
      case .conservative: $0.labelSmoothing = part.noise
      case .robust:
        $0.lossTypes = [.robust]
        $0.labelSmoothing = part.noise
      case .ipo: $0.lossTypes = [.ipo]
      }
    }
    guard let last = policy.checkpoints.last else { return [] }
    try observe(.working("answering", done: 0, total: 1))
    let measured = try laboratory.measure(last.directory, seed: laboratory.recipe.seed)
    return [
      Row(
        objective: part.objective, noise: part.noise, seed: part.seed, accuracy: policy.accuracy,
        gold: measured.gold, divergence: measured.divergence)
    ]
  }
}
