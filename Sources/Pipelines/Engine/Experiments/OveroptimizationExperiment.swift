internal import Evaluations
internal import Trainers
internal import TrainingConfiguration

/// Gold and proxy against the distance from the reference, for reward models of few and many pairs, clean
/// and noisy: the proxy rises, gold turns.
///
/// - SeeAlso: Leo Gao, John Schulman and Jacob Hilton, Scaling Laws for Reward Model Overoptimization,
///   arXiv:2210.10760.
struct OveroptimizationExperiment: Experiment {
  enum Method: String, Codable, Sendable, CaseIterable {
    case bestOfN = "best of n"
    case ppo = "PPO"
  }

  /// What a reward model is trained on.
  struct Proxy: Codable, Sendable, Hashable {
    let pairs: Int
    let noise: Double

    var recipe: RewardModelRecipe { RewardModelRecipe(pairs: pairs, noise: noise, seed: 1) }
  }

  enum Part: CustomStringConvertible {
    /// All reward models choose from the same answers.
    case bestOfN
    /// PPO without KL control.
    case ppo(Proxy)

    var description: String {
      switch self {
      case .bestOfN: "best of n"
      case .ppo(let proxy):
        "PPO against \(proxy.pairs) pairs, \(Int(100 * proxy.noise)) % of them flipped"
      }
    }
  }

  struct Row: ExperimentRow {
    let method: Method
    let proxy: Proxy
    /// Steps of training, or n.
    let count: Int
    let divergence: PolicyMeasurement.Mean
    let gold: PolicyMeasurement.Mean
    let score: PolicyMeasurement.Mean

    var columns: [(name: String, value: ExperimentValue)] {
      [
        ("method", .text(method.rawValue)), ("pairs", .number(Double(proxy.pairs))),
        ("noise", .number(proxy.noise)), ("steps_or_n", .number(Double(count))),
        ("kl", .number(divergence.value)), ("kl_error", .number(divergence.error)),
        ("gold", .number(gold.value)), ("gold_error", .number(gold.error)),
        ("proxy", .number(score.value)), ("proxy_error", .number(score.error)),
      ]
    }
  }

  static let name = "overoptimization"
  static let question =
    "Does gold turn while the proxy goes on rising, and by the laws of Gao et al. 2022?"
  let size: ExperimentSize

  /// The reward models.
  var proxies: [Proxy] {
    let sizes = size == .full ? [500, 2000, 8000, 20_000] : [300]
    let noises = size == .full ? [0, 0.25] : [0.25]
    return noises.flatMap { noise in sizes.map { Proxy(pairs: $0, noise: noise) } }
  }

  var parts: [Part] { [.bestOfN] + proxies.map { .ppo($0) } }

  /// Answers that the best of n is chosen from.
  var candidates: Int { size == .full ? 256 : 8 }
  private var policySteps: Int { size == .full ? 160 : 8 }
  private var measurements: Int { size == .full ? 20 : 2 }

  func measure(
    _ part: Part, in laboratory: Laboratory, observe: Laboratory.Observer
  ) async throws -> [Row] {
    switch part {
    case .bestOfN: try bestOfN(in: laboratory, observe)
    case .ppo(let proxy): try await ppo(proxy, in: laboratory, observe)
    }
  }

  private func bestOfN(
    in laboratory: Laboratory, _ observe: Laboratory.Observer
  ) throws -> [Row] {
    let models = try proxies.map { try laboratory.rewardModel($0.recipe, observe: observe) }
    let answers = try laboratory.answers(
      of: laboratory.fineTuned, count: candidates, seed: laboratory.recipe.seed
    ) { try observe(.working("answering", done: $0, total: $1)) }
    let gold = laboratory.gold(answers)
    var rows: [Row] = []
    for (index, (proxy, model)) in zip(proxies, models).enumerated() {
      try observe(.working("scoring", done: index, total: proxies.count))
      let scores = try laboratory.scores(answers, by: RewardScoring(directory: model))
      func expected(_ values: [[Double]], _ n: Int) -> PolicyMeasurement.Mean {
        .init(
          zip(scores, values).compactMap { BestOfN.expectedScore(proxy: $0, gold: $1, n: n) })
      }
      rows += sequence(first: 1) { $0 * 2 }.prefix { $0 <= candidates }.map { n in
        Row(
          method: .bestOfN, proxy: proxy, count: n,
          divergence: .init([BestOfN.divergenceBound(n: n)]), gold: expected(gold, n),
          score: expected(scores, n))
      }
    }
    return rows
  }

  private func ppo(
    _ proxy: Proxy, in laboratory: Laboratory, _ observe: Laboratory.Observer
  ) async throws -> [Row] {
    let model = try laboratory.rewardModel(proxy.recipe, observe: observe)
    var settings = laboratory.policySettings(
      "overoptimization-\(proxy.recipe.name)", models: [model])
    settings.divergence.beta = 0
    settings.optimizer.schedule = .constant
    // Slow enough that the way down is seen, and not only its end.
    settings.optimizer.learningRate = 5e-5
    settings.batches.maxSteps = policySteps
    settings.run.saveSteps = policySteps / measurements
    settings.run.saveTotalLimit = measurements
    let checkpoints = try await laboratory.policy(
      .ppo(settings), run: settings.run, models: [model], observe: observe)
    let scoring = try RewardScoring(directory: model)
    let all = [PolicyCheckpoint(step: 0, directory: laboratory.fineTuned)] + checkpoints
    var rows: [Row] = []
    for checkpoint in all {
      try observe(.working("answering", done: rows.count, total: all.count))
      let measured = try laboratory.measure(
        checkpoint.directory, proxy: scoring, seed: laboratory.recipe.seed)
      rows.append(
        Row(
          method: .ppo, proxy: proxy, count: checkpoint.step, divergence: measured.divergence,
          gold: measured.gold, score: measured.proxy ?? measured.gold))
    }
    return rows
  }
}
